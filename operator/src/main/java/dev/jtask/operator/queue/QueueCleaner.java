package dev.jtask.operator.queue;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.crds.v1alpha1.DeletionPolicy;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.event.Announcement;
import dev.jtask.operator.event.Events;
import dev.jtask.operator.management.ManagementApi;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.watch.Probe;
import dev.jtask.protocol.topology.DeadLetters;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deletes the queues of a deleted pool that asked for it: those without consumers, and only when they are empty, since
/// a message is somebody's work, and no other pool consumes them. The figures choose, the broker has the last word.
/// The queue for dead letters of one that is still there stays: without it the broker drops what it would move there.
/// What is kept is told of.
public final class QueueCleaner {

    /// The broker's figures are some seconds old: nothing is called empty before they are newer than the deletion.
    private static final Duration FIGURES_SETTLE = Duration.ofSeconds(10);

    private final Events events;
    private final KnownDeletions deletions;

    public QueueCleaner(Events events, KnownDeletions deletions) {
        this.events = events;
        this.deletions = deletions;
    }

    /// The queues that go with the pool, dead-letter queues included.
    public static List<String> doomed(TaskWorkerPool pool) {
        return pool.getSpec().queues().stream()
                .filter(queue -> queue.deletionPolicy() == DeletionPolicy.DELETE)
                .flatMap(QueueCleaner::names)
                .toList();
    }

    /// What a living pool needs: also where its messages go that are dead, whoever declared that.
    public static Set<String> used(TaskWorkerPool pool) {
        return pool.getSpec().queues().stream()
                .flatMap(queue -> withDeadLetters(queue.name()))
                .collect(Collectors.toSet());
    }

    /// @param claimed asked for the claims of living pools once the figures count: it may have to ask their brokers
    /// @return whether every queue is gone or will stay; else ask again after the next look
    public boolean clean(TaskWorkerPool pool, ManagementApi api, Probe.Seen seen, Supplier<Claims> claimed) {
        if (deletions.age(pool).compareTo(FIGURES_SETTLE) < 0) {
            return false;
        }
        var claims = claimed.get();
        var settled = true;
        for (var name : sourcesFirst(pool)) {
            var queue = seen.queues().get(name);
            settled &= deletions.isSettled(pool, name)
                    || (queue == null ? seen.lacks(name) : settle(pool, api, seen, queue, claims));
        }
        return settled;
    }

    private static List<String> sourcesFirst(TaskWorkerPool pool) {
        return doomed(pool).stream()
                .sorted(Comparator.comparing(name -> source(pool, name).isPresent()))
                .toList();
    }

    /// The queue of the pool whose dead letters go to this one.
    private static Optional<String> source(TaskWorkerPool pool, String queue) {
        return pool.getSpec().queues().stream()
                .map(QueueSpec::name)
                .filter(name ->
                        DeadLetters.mayExist(name) && DeadLetters.queueFor(name).equals(queue))
                .findFirst();
    }

    private boolean isGone(TaskWorkerPool pool, Probe.Seen seen, String queue) {
        return seen.lacks(queue) || deletions.isDeleted(pool, queue);
    }

    private boolean stays(TaskWorkerPool pool, Probe.Seen seen, String queue) {
        return seen.queues().containsKey(queue)
                && (deletions.isSettled(pool, queue) || !doomed(pool).contains(queue));
    }

    /// Once: what was said of a queue holds, however long the look after another lasts.
    private boolean settle(TaskWorkerPool pool, ManagementApi api, Probe.Seen seen, QueueSample queue, Claims claims) {
        var source = source(pool, queue.name()).filter(name -> !isGone(pool, seen, name));
        if (source.isPresent()) {
            return stays(pool, seen, source.get())
                    && kept(
                            pool,
                            queue.name(),
                            "takes the dead letters of %s, which was kept, and was kept with it"
                                    .formatted(source.get()));
        }
        var others = claims.consumed().get(queue.name());
        if (others != null) {
            return kept(pool, queue.name(), "is also consumed by %s and was kept".formatted(others));
        }
        if (claims.unsure().contains(queue.name())) {
            return false;
        }
        var waiting = queue.ready();
        if (waiting == null || !isZero(queue.consumers()) || !isZero(queue.unacked())) {
            return false;
        }
        if (waiting > 0) {
            return kept(
                    pool,
                    queue.name(),
                    "still holds %d messages and was kept; delete it by hand if they may be lost".formatted(waiting));
        }
        try {
            return switch (api.deleteIfUnused(queue.name())) {
                case DONE -> deleted(pool, queue.name());
                // somebody was quicker than the figures: the next look says who
                case IN_USE -> false;
                case UNSUPPORTED ->
                    kept(
                            pool,
                            queue.name(),
                            "looked empty and was kept: RabbitMQ deletes a queue of its type only with whatever it holds by then; delete it by hand (rabbitmqctl delete_queue), or declare it with type classic");
            };
        } catch (ManagementException e) {
            return false;
        }
    }

    private boolean deleted(TaskWorkerPool pool, String queue) {
        return settled(
                pool,
                queue,
                KnownDeletions.End.DELETED,
                Announcement.normal(
                        "QueueDeleted", "queue %s was empty and was deleted with its pool".formatted(queue)));
    }

    private boolean kept(TaskWorkerPool pool, String queue, String why) {
        return settled(
                pool,
                queue,
                KnownDeletions.End.KEPT,
                Announcement.warning("QueueKept", "queue %s %s".formatted(queue, why)));
    }

    private boolean settled(TaskWorkerPool pool, String queue, KnownDeletions.End end, Announcement how) {
        deletions.settled(pool, queue, end);
        events.publish(pool, how);
        return true;
    }

    /// What the broker does not say may be anything.
    private static boolean isZero(@Nullable Long count) {
        return count != null && count == 0;
    }

    private static Stream<String> names(QueueSpec queue) {
        var declared = queue.declare();
        return declared != null && declared.deadLetter() ? withDeadLetters(queue.name()) : Stream.of(queue.name());
    }

    private static Stream<String> withDeadLetters(String queue) {
        return DeadLetters.mayExist(queue) ? Stream.of(queue, DeadLetters.queueFor(queue)) : Stream.of(queue);
    }
}
