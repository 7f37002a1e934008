package dev.jtask.spring;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.PublishException;
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
        private final List<Mark> marks = new ArrayList<>();
        private boolean ended;

        Sends(SpringTransactions owner) {
            this.owner = owner;
        }

        /// A nested transaction is a savepoint of the outer one, whose synchronizations it shares.
        @Override
        public void savepoint(Object savepoint) {
            marks.add(new Mark(savepoint, waiting.size()));
        }

        @Override
        public void savepointRollback(Object savepoint) {
            int mark = marks.size() - 1;
            while (mark >= 0 && !marks.get(mark).savepoint.equals(savepoint)) {
                mark--;
            }
            // all of ours came after one that we were not told of
            dropFrom(mark < 0 ? 0 : marks.get(mark).sends);
            // the savepoint itself stays, and may be gone back to once more
            marks.subList(mark + 1, marks.size()).clear();
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
                dropFrom(0);
            }
        }

        private void dropFrom(int first) {
            var gone = waiting.subList(first, waiting.size());
            var dropped = List.copyOf(gone);
            gone.clear();
            dropped.forEach(Send::drop);
        }

        private void release() {
            ended = true;
            var due = List.copyOf(waiting);
            waiting.clear();
            due.stream().map(Send::send).toList().forEach(sent -> PublishException.await("after commit", sent));
        }
    }

    /// How much was sent when a savepoint was made.
    private record Mark(Object savepoint, int sends) {}
}
