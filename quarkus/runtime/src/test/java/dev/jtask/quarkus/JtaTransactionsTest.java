package dev.jtask.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JtaTransactionsTest {

    private final List<String> said = new ArrayList<>();
    private final FakeTransactions present = new FakeTransactions();
    private final JtaTransactions transactions = new JtaTransactions(present);

    @Test
    void inAnActiveOneAllWaitForOneEnd() {
        assertThat(join("one")).isTrue();
        assertThat(join("two")).isTrue();
        assertThat(said).isEmpty();

        present.end(Status.STATUS_COMMITTED);
        assertThat(said).containsExactly("sent one", "sent two");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Status.STATUS_NO_TRANSACTION,
                Status.STATUS_PREPARING,
                Status.STATUS_PREPARED,
                Status.STATUS_COMMITTING,
                Status.STATUS_COMMITTED
            })
    void withoutOneAndAtItsCommitItIsSentAtOnce(int status) {
        present.status(status);

        assertThat(join("one")).isFalse();
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Status.STATUS_MARKED_ROLLBACK,
                Status.STATUS_ROLLING_BACK,
                Status.STATUS_ROLLEDBACK,
                Status.STATUS_UNKNOWN
            })
    void inOneThatIsNotCommittedAnyMoreNothingIsSent(int status) {
        present.status(status);

        assertThat(join("one")).isTrue();
        assertThat(said).containsExactly("dropped one");
    }

    private boolean join(String what) {
        return transactions.join(new NamedSend(what, said));
    }
}
