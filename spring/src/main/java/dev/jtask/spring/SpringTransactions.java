package dev.jtask.spring;

import dev.jtask.broker.PublishException;
import dev.jtask.client.AfterCommit;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Spring's transactions: all that is sent within one goes out together, on its thread, after its commit.
final class SpringTransactions implements AfterCommit {

    @Override
    public boolean join(Send send) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        present().waiting.add(send);
        return true;
    }

    private Sends present() {
        // of this transaction only: one that starts within it suspends those of the outer
        for (var each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof Sends sends && sends.owner == this && !sends.ended) {
                return sends;
            }
        }
        var sends = new Sends(this);
        TransactionSynchronizationManager.registerSynchronization(sends);
        return sends;
    }

    private static final class Sends implements TransactionSynchronization {

        private final SpringTransactions owner;
        private final List<Send> waiting = new ArrayList<>();
        private boolean ended;

        Sends(SpringTransactions owner) {
            this.owner = owner;
        }

        /// What a send throws here reaches who committed, with the transaction committed all the same.
        @Override
        public void afterCommit() {
            release();
        }

        /// What another's `afterCommit` has sent joined too late for ours.
        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED) {
                release();
            } else {
                ended = true;
                waiting.forEach(Send::drop);
            }
        }

        private void release() {
            ended = true;
            var due = List.copyOf(waiting);
            waiting.clear();
            due.stream().map(Send::send).toList().forEach(sent -> PublishException.await("after commit", sent));
        }
    }
}
