package dev.jtask.spring.outbox;

import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Where a transaction of Spring's is in its life, of which Spring itself says nothing: in what others do after the
/// commit it looks as in the midst of it. The first of all to hear of the commit, and there from the beginning
/// where the transaction's manager is a bean.
final class Phase implements TransactionSynchronization {

    private final boolean begun;
    private final Set<Object> taken;
    private boolean completing;
    private boolean over;

    private Phase(boolean begun, Set<Object> taken) {
        this.begun = begun;
        this.taken = taken;
    }

    /// The present transaction begins.
    ///
    /// @param taken what it bound to the thread, such as its connection
    static void begin(Set<Object> taken) {
        TransactionSynchronizationManager.registerSynchronization(new Phase(true, taken));
    }

    /// Of the present transaction.
    static Phase present() {
        for (var each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof Phase phase) {
                return phase;
            }
        }
        var phase = new Phase(false, Set.of());
        TransactionSynchronizationManager.registerSynchronization(phase);
        return phase;
    }

    /// Whether the transaction has this of its own, and not from one around it or from a read within it. Of one that
    /// nobody had told of it is not known.
    boolean mayOwn(Object resource) {
        return !begun || taken.contains(resource);
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
