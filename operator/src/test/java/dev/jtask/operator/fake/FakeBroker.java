package dev.jtask.operator.fake;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.management.QueueDeclaration;
import dev.jtask.operator.management.QueueDeletion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A vhost with the queues that it is given; it can be away, and it can refuse to create or delete one.
public final class FakeBroker implements ManagementApi {

    private final Map<String, QueueSample> queues = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> late = ConcurrentHashMap.newKeySet();
    private final Map<String, Runnable> creations = new ConcurrentHashMap<>();
    private final Map<String, QueueDeletion> deletions = new ConcurrentHashMap<>();
    private final List<Set<String>> looks = new CopyOnWriteArrayList<>();
    private final Journal journal;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable Error error;

    public FakeBroker() {
        this(new Journal());
    }

    public FakeBroker(Journal journal) {
        this.journal = journal;
    }

    /// A queue without counters.
    public FakeBroker queue(String name, long ready, long unacked, long consumers) {
        queues.put(name, new QueueSample(name, ready, unacked, consumers, 0L, 0L));
        return this;
    }

    public FakeBroker queue(QueueSample sample) {
        queues.put(sample.name(), sample);
        return this;
    }

    /// From now on every look fails, until null is given.
    public void failWith(@Nullable RuntimeException e) {
        failure = e;
    }

    /// The same with an error.
    public void breakWith(@Nullable Error e) {
        error = e;
    }

    public void goAway() {
        failWith(new ManagementException(ManagementException.Fault.UNREACHABLE, "down"));
    }

    /// @param what a queue, or one thing that is not done with it, such as `bind orders`
    public void refuse(String what) {
        refused.add(what);
    }

    /// Creates this queue, but says so too late.
    public void answerTooLateFor(String queue) {
        late.add(queue);
    }

    /// From now on this runs before the broker answers that it created the queue.
    public void onDeclare(String queue, Runnable before) {
        creations.put(queue, before);
    }

    /// From now on the broker answers this when the queue is to be deleted.
    public void onDelete(String queue, QueueDeletion answer) {
        deletions.put(queue, answer);
    }

    public void allow(String what) {
        refused.remove(what);
    }

    /// The queues that each look asked for.
    public List<Set<String>> looks() {
        return List.copyOf(looks);
    }

    public Map<String, QueueSample> queues() {
        return Map.copyOf(queues);
    }

    @Override
    public Map<String, QueueSample> read(Set<String> names) {
        looks.add(names);
        var broken = error;
        if (broken != null) {
            throw broken;
        }
        var thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        var found = new ConcurrentHashMap<>(queues);
        found.keySet().retainAll(names);
        return found;
    }

    @Override
    public void declare(QueueDeclaration declaration) {
        creations.getOrDefault(declaration.name(), () -> {}).run();
        refuseOr("declare", declaration.name());
        queues.putIfAbsent(declaration.name(), QueueSample.unknown(declaration.name()));
        if (late.remove(declaration.name())) {
            throw new ManagementException(ManagementException.Fault.UNREACHABLE, "no answer in time");
        }
    }

    @Override
    public void bind(String queue) {
        refuseOr("bind", queue);
    }

    @Override
    public QueueDeletion deleteIfUnused(String queue) {
        refuseOr("delete", queue);
        var answer = deletions.getOrDefault(queue, QueueDeletion.DONE);
        if (answer == QueueDeletion.DONE) {
            queues.remove(queue);
        }
        return answer;
    }

    private void refuseOr(String call, String queue) {
        journal.write(call + " " + queue);
        if (refused.contains(queue) || refused.contains(call + " " + queue)) {
            throw new ManagementException(ManagementException.Fault.REFUSED, "may not %s %s".formatted(call, queue));
        }
    }
}
