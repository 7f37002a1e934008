package dev.jtask.worker.fakes;

import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.settle.Addressee;
import dev.jtask.worker.settle.Misses;
import org.jspecify.annotations.Nullable;

/// Notes what nobody got; what it is told to throw, it throws.
public final class RecordingMisses implements Misses {

    private final Journal journal;
    private volatile @Nullable RuntimeException failure;

    public RecordingMisses(Journal journal) {
        this.journal = journal;
    }

    /// From now on it throws this, having noted what it heard.
    public void fail(RuntimeException thrown) {
        failure = thrown;
    }

    @Override
    public void malformed(Delivery delivery) {
        note("malformed of " + delivery.queue());
    }

    @Override
    public void unroutable(Addressee to) {
        note("unroutable " + to.taskId());
    }

    @Override
    public void givenUp(Addressee to, String why) {
        note("given up " + to.taskId());
    }

    private void note(String line) {
        journal.note(line);
        var thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }
}
