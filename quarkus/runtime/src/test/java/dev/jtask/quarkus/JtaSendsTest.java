package dev.jtask.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.AfterCommit.Send;
import dev.jtask.broker.Outgoing;
import jakarta.transaction.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JtaSendsTest {

    private final List<String> said = new ArrayList<>();
    private final JtaSends sends = new JtaSends();

    @Test
    void allGoOutInTheirOrderAfterTheCommitAndOnce() {
        sends.add(send("one"));
        sends.add(send("two"));
        sends.beforeCompletion();
        assertThat(said).isEmpty();

        sends.afterCompletion(Status.STATUS_COMMITTED);
        sends.afterCompletion(Status.STATUS_COMMITTED);
        assertThat(said).containsExactly("sent one", "sent two");
    }

    @Test
    void noneGoesOutWhereTheEndIsNoCommit() {
        sends.add(send("one"));
        sends.afterCompletion(Status.STATUS_ROLLEDBACK);
        sends.add(send("two"));
        sends.afterCompletion(Status.STATUS_UNKNOWN);

        assertThat(said).containsExactly("dropped one", "dropped two");
    }

    private Send send(String what) {
        return new Send() {
            @Override
            public CompletableFuture<?> send() {
                said.add("sent " + what);
                return CompletableFuture.completedFuture(what);
            }

            @Override
            public CompletableFuture<?> send(Outgoing way) {
                return send();
            }

            @Override
            public void drop() {
                said.add("dropped " + what);
            }
        };
    }
}
