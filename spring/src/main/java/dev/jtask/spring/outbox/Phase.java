package dev.jtask.spring.outbox;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Where a transaction of Spring's is in its life, of which Spring itself says nothing: in what others do after the
/// commit it looks as in the midst of it. The first of all to hear of the commit, and there from the beginning where
/// the
/// transaction's manager is a bean.
final class Phase implements TransactionSynchronization {

    private final boolean begun;
    private boolean completing;
    private boolean over;

    private Phase(boolean begun) {
        this.begun = begun;
    }

    /// The present transaction begins.
    static void begin() {
        TransactionSynchronizationManager.registerSynchronization(new Phase(true));
    }

    /// Of the present transaction.
    static Phase present() {
        for (var each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof Phase phase) {
                return phase;
            }
        }
        var phase = new Phase(false);
        TransactionSynchronizationManager.registerSynchronization(phase);
        return phase;
    }

    /// Whether it was committed.
    boolean isOver() {
        return over;
    }

    /// Whether what was written before the end was written before the commit. One that nobody had told of may have been
    /// joined by what others do after the commit.
    boolean isSure() {
        return begun || completing;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void beforeCompletion() {
        completing = true;
    }

    @Override
    public void afterCommit() {
        over = true;
    }
}
