package dev.jtask.spring.outbox;

import dev.jtask.broker.AfterCommit;
import java.time.InstantSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Keeps what is sent within a transaction in a table, by the same transaction. What is sent outside of one goes to
/// the broker at once, so that either has it when a send returns.
public final class OutboxTransactions implements AfterCommit {

    private final AfterCommit transactions;
    private final OutboxTable table;
    private final OwnTransaction own;
    private final Runnable written;

    /// @param transactions tell what becomes of each send
    /// @param own whether what is written to the table belongs to the transaction that there is
    /// @param written told after each commit
    public OutboxTransactions(AfterCommit transactions, OutboxTable table, OwnTransaction own, Runnable written) {
        this.transactions = transactions;
        this.table = table;
        this.own = own;
        this.written = written;
    }

    @Override
    public boolean join(Send send) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        var phase = Phase.present();
        if (phase.isOver()) {
            return false; // committed, and its connection is still there: nothing would commit a row any more
        }
        own.require(phase);
        var kept = KeptSend.in(table, send, phase, InstantSource.system(), written);
        return transactions.join(kept);
    }
}
