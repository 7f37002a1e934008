package dev.jtask.spring.outbox;

import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Whether the transaction of a thread is one of the table's database. In another's, such as a second database's, a row
/// would be committed at once or never.
public final class OwnTransaction {

    private final DataSource database;
    private final JdbcTemplate jdbc;
    private final boolean jta;

    /// @param jta whether transactions span all databases, and take a connection in when it is first used
    public OwnTransaction(DataSource database, boolean jta) {
        this.database = bare(database);
        this.jdbc = new JdbcTemplate(database);
        this.jta = jta;
    }

    /// @throws IllegalStateException when nothing can be written as part of it
    void require(Phase phase) {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException(
                    "nothing was sent: the outbox cannot write within a read-only transaction; send before or after it, or begin it without readOnly");
        }
        if (!isOwn(phase)) {
            throw new IllegalStateException(
                    "nothing was sent: this transaction is not one of the outbox's database, so that the message could not be committed with it; begin it with the transaction manager of that DataSource, or send outside of it");
        }
    }

    private boolean isOwn(Phase phase) {
        boolean bound = jta
                || (TransactionSynchronizationManager.getResource(database) instanceof ConnectionHolder holder
                        && phase.mayOwn(holder));
        return bound
                && Boolean.TRUE.equals(
                        jdbc.execute((ConnectionCallback<Boolean>) connection -> !connection.getAutoCommit()));
    }

    private static DataSource bare(DataSource given) {
        var inner = given instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return inner == null ? given : inner;
    }
}
