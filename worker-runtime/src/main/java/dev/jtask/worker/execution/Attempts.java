package dev.jtask.worker.execution;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The attempts that this worker has under way, and those it gave up that still run.
public final class Attempts {

    private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger stuck = new AtomicInteger();

    public void started(Attempt attempt) {
        running.add(attempt);
    }

    public void ended(Attempt attempt) {
        running.remove(attempt);
    }

    public Collection<Attempt> running() {
        return Collections.unmodifiableSet(running);
    }

    /// The attempts at the task with this id; more than one after a lost connection.
    public Stream<Attempt> of(String id) {
        return running.stream().filter(attempt -> {
            var message = attempt.message();
            return message != null && message.id().equals(id);
        });
    }

    public void cancelAll(Attempt.Cause cause) {
        running.forEach(attempt -> attempt.cancel(cause));
    }

    /// An attempt was given up while its thread runs on.
    public void stuck() {
        stuck.incrementAndGet();
    }

    /// The thread of a given-up attempt has ended after all.
    public void unstuck() {
        stuck.decrementAndGet();
    }

    /// How many threads run on for attempts that were given up.
    public int stuckNow() {
        return stuck.get();
    }
}
