package dev.jtask.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The jobs that this worker has under way, and those it gave up that still run.
public final class Jobs {

    private final Set<Job> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger stuck = new AtomicInteger();
    private final SlotTime slotTime = new SlotTime(System::nanoTime);

    void started(Job job) {
        running.add(job);
        slotTime.begin(job.delivery().queue());
    }

    void ended(Job job, boolean hadSlot) {
        running.remove(job);
        if (hadSlot) {
            slotTime.end(job.delivery().queue());
        }
    }

    public SlotTime slotTime() {
        return slotTime;
    }

    /// How long the oldest running task has run.
    public Duration oldest(Instant now) {
        return running.stream()
                .map(job -> Duration.between(job.began(), now))
                .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    public Collection<Job> running() {
        return Collections.unmodifiableSet(running);
    }

    /// The jobs of the task with this id; more than one after a lost connection.
    public Stream<Job> of(String id) {
        return running.stream().filter(job -> job.message().id().equals(id));
    }

    public void cancelAll(Job.Cause cause) {
        running.forEach(job -> job.cancel(cause));
    }

    /// A job was given up while its thread runs on.
    void gaveUp(Job job) {
        slotTime.end(job.delivery().queue());
        stuck.incrementAndGet();
    }

    /// The thread of a given-up job has ended after all.
    void cameBack() {
        stuck.decrementAndGet();
    }

    /// How many threads run on for jobs that were given up.
    public int stuck() {
        return stuck.get();
    }
}
