package dev.jtask.quarkus;

import dev.jtask.broker.AfterCommit;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;

/// JTA's transactions: all that is sent within one goes out together, after its commit. JTA takes no exception from
/// there: what the broker does not take is logged by the transaction manager, and told to the tasks' handles. What is
/// sent where the transaction can only be rolled back, or is, is dropped at once.
@Singleton
@DefaultBean
public class JtaTransactions implements AfterCommit {

    private final TransactionSynchronizationRegistry transactions;

    JtaTransactions(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean join(Send send) {
        return switch (transactions.getTransactionStatus()) {
            case Status.STATUS_ACTIVE -> present().add(send);
            case Status.STATUS_NO_TRANSACTION,
                    Status.STATUS_COMMITTED,
                    Status.STATUS_PREPARING,
                    Status.STATUS_PREPARED,
                    Status.STATUS_COMMITTING -> false;
            // nothing more can be registered with it; one that had its time-out is still the thread's, rolled back
            default -> {
                send.drop();
                yield true;
            }
        };
    }

    private JtaSends present() {
        if (transactions.getResource(this) instanceof JtaSends sends) {
            return sends;
        }
        var sends = new JtaSends();
        transactions.registerInterposedSynchronization(sends);
        transactions.putResource(this, sends);
        return sends;
    }
}
