package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.Outgoing;
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
    private final FakeTransactions manager = new FakeTransactions();
    private final SpringTransactions transactions = new SpringTransactions();
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final TransactionTemplate nested = new TransactionTemplate(
            manager, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));

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
    void whatASavepointTakesBackIsNeverSent() {
        transaction.executeWithoutResult(outer -> {
            send("before");
            rolledBack(() -> send("within"));
            send("after");
        });

        assertThat(log).containsExactly("dropped within", "sent before", "sent after");
    }

    @Test
    void theFirstSendMayBeWithinASavepoint() {
        transaction.executeWithoutResult(outer -> {
            rolledBack(() -> send("first"));
            rolledBack(() -> send("second"));
            send("third");
        });

        assertThat(log).containsExactly("dropped first", "dropped second", "sent third");
    }

    @Test
    void whatASavepointKeepsIsSentWithTheOuterTransactionOnly() {
        transaction.executeWithoutResult(outer -> {
            nested.executeWithoutResult(inner -> send("kept"));
            log.add("work");
        });
        transaction.executeWithoutResult(outer -> {
            nested.executeWithoutResult(inner -> send("lost"));
            outer.setRollbackOnly();
        });

        assertThat(log).containsExactly("work", "sent kept", "dropped lost");
    }

    @Test
    void savepointsWithinSavepointsTakeBackWhatIsTheirs() {
        transaction.executeWithoutResult(outer -> {
            nested.executeWithoutResult(inner -> {
                send("a");
                rolledBack(() -> send("b"));
                nested.executeWithoutResult(innermost -> send("c"));
            });
            rolledBack(() -> {
                send("d");
                nested.executeWithoutResult(innermost -> send("e"));
                send("f");
            });
            send("g");
        });

        assertThat(log)
                .containsExactly("dropped b", "dropped d", "dropped e", "dropped f", "sent a", "sent c", "sent g");
    }

    @Test
    void oneMayGoBackToASavepointTwice() {
        transaction.executeWithoutResult(outer -> {
            send("a");
            var savepoint = outer.createSavepoint();
            send("b");
            var later = outer.createSavepoint();
            send("c");
            outer.rollbackToSavepoint(later);
            send("d");
            outer.rollbackToSavepoint(savepoint);
            send("e");
            outer.rollbackToSavepoint(savepoint);
            send("f");
        });

        assertThat(log).containsExactly("dropped c", "dropped b", "dropped d", "dropped e", "sent a", "sent f");
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

    private void rolledBack(Runnable work) {
        nested.executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
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
            public CompletableFuture<?> send(Outgoing way) {
                return send();
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
            public CompletableFuture<?> send(Outgoing way) {
                return send();
            }

            @Override
            public void drop() {}
        };
    }
}
