package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.jtask.spring.outbox.Begins;
import dev.jtask.spring.outbox.OutboxSchema;
import dev.jtask.spring.outbox.OutboxTable;
import dev.jtask.spring.outbox.OutboxTransactions;
import dev.jtask.spring.outbox.OwnTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What is sent in transactions of a real database, H2; only the client is missing.
class OutboxTransactionsTest {

    private final List<String> log = new ArrayList<>();
    private final HikariDataSource database = database(true);
    private final JdbcTransactionManager manager = told(new JdbcTransactionManager(database));
    private final OutboxTransactions outbox = outbox(database);
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void outsideOfATransactionItGoesAtOnce() {
        assertThat(outbox.join(new LoggedSend("a", log))).isFalse();
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatIsSentIsKeptByTheCommitAndNotBefore() {
        transaction.executeWithoutResult(status -> {
            send("a");
            send("b");
            assertThat(keptByOthers()).isEmpty();
            log.add("work");
        });

        assertThat(kept()).containsExactly("a", "b");
        assertThat(log).containsExactly("work", "done a", "written", "done b", "written");
    }

    @Test
    void aDelayIsKeptBesideItsQueue() {
        transaction.executeWithoutResult(status -> outbox.join(new LoggedSend("a", log).after(Duration.ofMinutes(10))));

        assertThat(kept()).containsExactly("a");
        assertThat(new JdbcTemplate(database).queryForObject("SELECT properties FROM jtask_outbox", String.class))
                .startsWith("{\"due\":\"");
    }

    @Test
    void thatNothingCanWaitForAQueueIsToldToWhoSends() {
        transaction.executeWithoutResult(status -> assertThatThrownBy(
                        () -> outbox.join(new LoggedSend("a.*", log).after(Duration.ofMinutes(10))))
                .hasMessageContaining("nothing can wait for it"));

        assertThat(kept()).isEmpty();
    }

    @Test
    void aRollbackKeepsNothingAndFailsTheHandle() {
        transaction.executeWithoutResult(status -> {
            send("a");
            status.setRollbackOnly();
        });

        assertThat(kept()).isEmpty();
        assertThat(log).containsExactly("dropped a", "failed a");
    }

    @Test
    void aSavepointTakesBackWhatCameAfterIt() {
        var nested = within(TransactionDefinition.PROPAGATION_NESTED);
        transaction.executeWithoutResult(outer -> {
            send("before");
            nested.executeWithoutResult(inner -> {
                send("within");
                inner.setRollbackOnly();
            });
            nested.executeWithoutResult(inner -> send("again"));
        });

        assertThat(kept()).containsExactly("before", "again");
        assertThat(log).startsWith("dropped within", "failed within", "done before");
    }

    @Test
    void aTransactionOfItsOwnWithinAnotherDecidesForItself() {
        var own = within(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(outer -> {
            send("outer");
            own.executeWithoutResult(inner -> send("inner"));
            outer.setRollbackOnly();
        });

        assertThat(kept()).containsExactly("inner");
        assertThat(log).containsExactly("done inner", "written", "dropped outer", "failed outer");
    }

    @Test
    void whatOthersSendAfterTheCommitGoesAtOnceSinceNothingWouldCommitIt() {
        transaction.executeWithoutResult(status -> afterCommit(() -> log.add("joined " + join("late"))));
        transaction.executeWithoutResult(status -> {
            send("a");
            afterCommit(() -> log.add("joined " + join("later")));
        });

        assertThat(kept()).containsExactly("a");
        assertThat(log).contains("joined false").doesNotContain("joined true");
    }

    @Test
    void whatOthersSendJustBeforeTheCommitIsKept() {
        transaction.executeWithoutResult(
                status -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        send("last");
                    }
                }));

        assertThat(kept()).containsExactly("last");
        assertThat(log).containsExactly("done last", "written");
    }

    @Test
    void underAManagerThatIsNoBeanWhatComesAfterTheCommitIsNotLost() {
        var unknown = new TransactionTemplate(new JdbcTransactionManager(database));
        unknown.executeWithoutResult(status -> send("a"));
        assertThat(log).containsExactly("done a", "written");

        unknown.executeWithoutResult(status -> afterCommit(() -> send("late")));
        assertThat(log).contains("sent late");
    }

    @Test
    void aReadOnlyTransactionIsRefusedWithTheWayOut() {
        var readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);

        assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> send("a")))
                .hasMessageContaining("nothing was sent")
                .hasMessageContaining("read-only");
        assertThat(kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransactionOfAnotherDatabaseIsRefusedWithTheWayOut(boolean autoCommit) {
        try (var pool = database(autoCommit)) {
            var foreign = new TransactionTemplate(told(new FakeTransactions()));
            var table = outbox(pool);

            assertThatThrownBy(() -> foreign.executeWithoutResult(status -> table.join(new LoggedSend("a", log))))
                    .hasMessageContaining("not one of the outbox's database");
            assertThat(log).isEmpty();
        }
    }

    /// Its connection stays bound to the thread while a transaction of another manager is the present one.
    @Test
    void soIsOneOfAnotherDatabaseWithinOneOfTheOutboxs() {
        try (var reports = database(true)) {
            var foreign = new TransactionTemplate(told(new JdbcTransactionManager(reports)));

            transaction.executeWithoutResult(outer -> {
                foreign.executeWithoutResult(inner -> assertThatThrownBy(() -> send("inner"))
                        .hasMessageContaining("not one of the outbox's database"));
                send("outer");
            });
        }
        assertThat(kept()).containsExactly("outer");
    }

    @Test
    void theOutboxsWithinOneOfAnotherDatabaseKeepsWhatIsSent() {
        try (var reports = database(true)) {
            var foreign = new TransactionTemplate(told(new JdbcTransactionManager(reports)));

            foreign.executeWithoutResult(outer -> {
                transaction.executeWithoutResult(inner -> send("inner"));
                outer.setRollbackOnly();
            });
        }
        assertThat(kept()).containsExactly("inner");
    }

    /// A pool without auto-commit gives a connection that looks as in a transaction, and nothing would commit it.
    @Test
    void aReadFromTheOutboxsDatabaseMakesNoTransactionIts() {
        try (var pool = database(false);
                var reports = database(true)) {
            var foreign = new TransactionTemplate(told(new JdbcTransactionManager(reports)));
            var table = outbox(pool);

            foreign.executeWithoutResult(status -> {
                assertThat(new JdbcTemplate(pool).queryForObject("SELECT 1", Integer.class))
                        .isEqualTo(1);
                assertThatThrownBy(() -> table.join(new LoggedSend("a", log)))
                        .hasMessageContaining("not one of the outbox's database");
            });
            assertThat(log).isEmpty();
        }
    }

    /// JTA takes a connection in when it is first used, and its pools then give one without auto-commit.
    @Test
    void underJtaAConnectionNeedNotBeBoundBefore() {
        try (var enlisted = database(false);
                var other = database(true)) {
            var jta = new TransactionTemplate(told(new FakeTransactions()));

            jta.executeWithoutResult(status -> {
                assertThat(outbox(enlisted, true).join(new LoggedSend("a", log)))
                        .isTrue();
                assertThatThrownBy(() -> outbox(other, true).join(new LoggedSend("b", log)))
                        .hasMessageContaining("not one of the outbox's database");
            });
            assertThat(log).containsExactly("done a", "written");
        }
    }

    @Test
    void ofAFlowThatCannotBeWrittenNothingIsKept() {
        transaction.executeWithoutResult(status -> {
            assertThatThrownBy(() -> outbox.join(new LoggedSend("a", log).andThenFails()))
                    .hasMessage("AMQP cannot carry it");
            log.add("caught");
        });

        assertThat(kept()).isEmpty();
        assertThat(log).containsExactly("failed a", "caught");
    }

    @Test
    void aTableThatIsMissingIsToldToWhoSends() {
        var without = new OutboxTransactions(
                new SpringTransactions(),
                new OutboxTable(database, "missing", 10),
                new OwnTransaction(database, false),
                () -> {});

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> without.join(new LoggedSend("a", log))))
                .hasMessageContaining("missing");
        assertThat(log).containsExactly("failed a");
    }

    private void send(String name) {
        assertThat(join(name)).isTrue();
    }

    private boolean join(String name) {
        return outbox.join(new LoggedSend(name, log));
    }

    private List<String> kept() {
        return new JdbcTemplate(database)
                .queryForList("SELECT routing_key FROM jtask_outbox ORDER BY id", String.class);
    }

    private List<String> keptByOthers() {
        return within(TransactionDefinition.PROPAGATION_REQUIRES_NEW).execute(status -> kept());
    }

    private TransactionTemplate within(int propagation) {
        var template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private OutboxTransactions outbox(DataSource pool) {
        return outbox(pool, false);
    }

    private OutboxTransactions outbox(DataSource pool, boolean jta) {
        new OutboxSchema(pool, "jtask_outbox").create();
        return new OutboxTransactions(
                new SpringTransactions(),
                new OutboxTable(pool, "jtask_outbox", 10),
                new OwnTransaction(pool, jta),
                () -> log.add("written"));
    }

    private static HikariDataSource database(boolean autoCommit) {
        var options = new HikariConfig();
        options.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
        options.setAutoCommit(autoCommit);
        options.setMaximumPoolSize(3);
        return new HikariDataSource(options);
    }

    private static <M extends PlatformTransactionManager> M told(M manager) {
        assertThat(new Begins().postProcessAfterInitialization(manager, "any")).isSameAs(manager);
        return manager;
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
