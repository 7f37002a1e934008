package dev.jtask.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JtaSendsTest {

    private final List<String> said = new ArrayList<>();
    private final JtaSends sends = new JtaSends();

    @Test
    void allGoOutInTheirOrderAfterTheCommitAndOnce() {
        add("one");
        add("two");
        sends.beforeCompletion();
        assertThat(said).isEmpty();

        sends.afterCompletion(Status.STATUS_COMMITTED);
        sends.afterCompletion(Status.STATUS_COMMITTED);
        assertThat(said).containsExactly("sent one", "sent two");
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_ROLLEDBACK, Status.STATUS_UNKNOWN})
    void noneGoesOutWhereTheEndIsNoCommit(int end) {
        add("one");
        sends.afterCompletion(end);

        assertThat(said).containsExactly("dropped one");
    }

    @Test
    void whatComesAfterTheEndDoesNotWaitForIt() {
        sends.afterCompletion(Status.STATUS_COMMITTED);
        assertThat(sends.add(new NamedSend("one", said))).isFalse();

        var rolledBack = new JtaSends();
        rolledBack.afterCompletion(Status.STATUS_ROLLEDBACK);
        assertThat(rolledBack.add(new NamedSend("two", said))).isTrue();
        assertThat(said).containsExactly("dropped two");
    }

    private void add(String what) {
        assertThat(sends.add(new NamedSend(what, said))).isTrue();
    }
}
