package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.AfterCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Tasks and Spring's own transactions: only the database is missing.
class SpringTransactionsTest {

    private final List<String> log = new ArrayList<>();
    private final SpringTransactions transactions = new SpringTransactions();
    private final TransactionTemplate transaction = new TransactionTemplate(new FakeTransactions());

    @Test
    void outsideOfATransactionNothingWaits() {
        assertThat(transactions.join(task("a"))).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    void whatIsSentWithinOneGoesOutAfterTheCommitInItsOrder() {
        transaction.executeWithoutResult(status -> {
            send("a");
            send("b");
            log.add("work");
        });

        assertThat(log).containsExactly("work", "sent a", "sent b");
    }

    @Test
    void whatIsRolledBackIsNeverSent() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    send("a");
                    throw new IllegalStateException("no stock");
                }))
                .hasMessage("no stock");
        transaction.executeWithoutResult(status -> {
            send("b");
            status.setRollbackOnly();
        });

        assertThat(log).containsExactly("dropped a", "dropped b");
    }

    @Test
    void aTransactionOfItsOwnWithinAnotherDecidesForItself() {
        var ownWithin = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var own = new TransactionTemplate(new FakeTransactions(), ownWithin);
        transaction.executeWithoutResult(outer -> {
            send("outer");
            own.executeWithoutResult(inner -> send("inner"));
            log.add("inner is over");
            outer.setRollbackOnly();
        });

        assertThat(log).containsExactly("sent inner", "inner is over", "dropped outer");
    }

    @Test
    void whatAnotherSendsAfterTheCommitIsSentToo() {
        transaction.executeWithoutResult(status -> {
            send("first");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    send("listener's");
                }
            });
        });

        assertThat(log).containsExactly("sent first", "sent listener's");
    }

    @Test
    void aFailedSendKeepsNoOtherBackAndIsTold() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    transactions.join(failing(new IllegalStateException("no broker")));
                    send("b");
                }))
                .hasMessageContaining("no broker");

        assertThat(log).containsExactly("sent b");
    }

    private void send(String name) {
        if (!transactions.join(task(name))) {
            log.add("at once " + name);
        }
    }

    private AfterCommit.Send task(String name) {
        return new AfterCommit.Send() {
            @Override
            public CompletableFuture<?> send() {
                log.add("sent " + name);
                return CompletableFuture.completedFuture(name);
            }

            @Override
            public void drop() {
                log.add("dropped " + name);
            }
        };
    }

    private static AfterCommit.Send failing(RuntimeException failure) {
        return new AfterCommit.Send() {
            @Override
            public CompletableFuture<?> send() {
                return CompletableFuture.failedFuture(failure);
            }

            @Override
            public void drop() {}
        };
    }
}
