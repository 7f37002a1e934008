package dev.jtask.quarkus;

import dev.jtask.broker.AfterCommit;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;

/// JTA's transactions: all that is sent within one goes out together, after its commit. JTA takes no exception from
/// there:
/// what the broker does not take is logged by the transaction manager, and told to the tasks' handles.
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
            case Status.STATUS_ACTIVE -> {
                present().add(send);
                yield true;
            }
            case Status.STATUS_MARKED_ROLLBACK -> {
                // nothing more can be registered with it
                send.drop();
                yield true;
            }
            default -> false;
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
