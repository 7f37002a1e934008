package dev.jtask.autoscaler;

import dev.jtask.autoscaler.QueueState.Counted;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sample laid beside what was known: totals advanced, rates and service times derived.
///
/// @param waiting all messages that wait, other pools' parts of them as well
/// @param unacked all messages that workers may hold
/// @param startupSeconds of a pod, assumed until seen
/// @param basis of all of it
record Estimate(
        PoolState state,
        List<Queue> queues,
        long waiting,
        long unacked,
        Running running,
        double startupSeconds,
        Basis basis) {

    /// @param backlog messages that wait, as far as they are this pool's
    /// @param running slots that its tasks keep busy
    /// @param arrivalRate messages per second
    /// @param busySeconds how long a task keeps a slot busy
    /// @param rateKnown whether arrivals were watched for longer than the broker's figures are old
    /// @param learned whether the service time was observed
    /// @param idle whether none of its tasks runs, for certain
    /// @param share of the queue where other pools consume it as well, null where none does
    record Queue(
            String name,
            long backlog,
            double running,
            double arrivalRate,
            double busySeconds,
            boolean rateKnown,
            boolean learned,
            boolean idle,
            @Nullable Share share) {}

    /// How long the longest task that was seen counts: it comes again.
    private static final double LONGEST_FADES = 3600;

    Estimate {
        queues = List.copyOf(queues);
    }

    /// A task that runs is done long before a drain interrupts it. Until that is known of every queue with work, it is
    /// not so.
    boolean tasksAreShort(ScalingPolicy policy) {
        double drain = policy.drainTimeout().toNanos() / 1e9;
        return state.longestSeconds() * 2 <= drain
                && queues.stream()
                        .allMatch(queue -> queue.idle()
                                || (queue.busySeconds() * 5 <= drain
                                        && state.queue(queue.name()).isMeasured()));
    }

    /// Whether it says enough to take pods away.
    boolean isWhole() {
        return basis == Basis.FIGURES;
    }

    /// @return empty when it is not known of any queue what waits
    static Optional<Estimate> of(PoolState before, Sample.Seen sample, ScalingPolicy policy, Instant now) {
        var unknown = sample.unknown();
        var known =
                sample.queues().stream().filter(queue -> queue.ready() != null).toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var running = Running.of(before, sample, policy, now);
        var lastLook = before.lastLook();
        double elapsed = lastLook == null ? 0 : Math.max(0, History.seconds(lastLook, now));
        var states = new HashMap<String, QueueState>();
        unknown.forEach(
                queue -> states.put(queue.name(), before.queue(queue.name()).unseen()));
        for (var queue : known) {
            var busy = Objects.requireNonNullElse(running.byQueue().get(queue.name()), 0.0);
            var done = running.done() == null ? null : running.done().getOrDefault(queue.name(), Work.NONE);
            var moved = Flow.advance(
                    before.queue(queue.name()),
                    queue,
                    busy,
                    done == null ? null : new Counted(ready(queue), busy),
                    done == null ? 0 : done.ended(),
                    sample.part(queue.name()),
                    now);
            var lately = running.lately() == null ? null : running.lately().getOrDefault(queue.name(), Work.NONE);
            states.put(queue.name(), learn(moved, queue, lately, busy, elapsed, now));
        }
        long unacked = sample.queues().stream()
                .mapToLong(queue -> part(queue.heldAtMost(), queue, sample))
                .sum();
        boolean quiet = isQuiet(sample, states, policy, now);
        boolean whole = sample.isWhole();
        // without figures only workers tell what came
        boolean flows = whole || running.done() != null;
        var queues = new ArrayList<Queue>();
        for (var queue : known) {
            var state = Objects.requireNonNull(states.get(queue.name()));
            var seconds = state.busySeconds();
            var busy = Objects.requireNonNullElse(running.byQueue().get(queue.name()), 0.0);
            queues.add(new Queue(
                    queue.name(),
                    part(ready(queue), queue, sample),
                    busy,
                    quiet || !flows || state.history().isEmpty() ? 0 : History.arrivalRate(state.history(), now),
                    seconds == null ? ServiceTime.ASSUMED_SECONDS : seconds,
                    flows && History.isSettled(state.history()),
                    seconds != null,
                    busy == 0 && (running.silentPods() == 0 || queue.heldAtMost() == 0),
                    sample.shares().get(queue.name())));
        }
        var after = advance(before, sample, states, running, elapsed, now);
        return Optional.of(new Estimate(
                after,
                queues,
                sample.queues().stream().mapToLong(Estimate::ready).sum(),
                unacked,
                running,
                Objects.requireNonNullElse(after.startupSeconds(), Startup.ASSUMED_SECONDS),
                whole ? Basis.FIGURES : Basis.COUNT));
    }

    private static QueueState learn(
            QueueState queue, QueueSample sample, @Nullable Work done, double busy, double elapsed, Instant now) {
        if (done == null) {
            // acknowledgements that nobody told of are not none
            return sample.acked() == null || sample.unacked() == null
                    ? queue
                    : queue.learning(queue.work(), ServiceTime.fromBroker(queue, now));
        }
        var work = ServiceTime.add(queue.work(), done, elapsed);
        return queue.learning(work, ServiceTime.fromWorkers(work, busy, queue.busySeconds()));
    }

    private static PoolState advance(
            PoolState before,
            Sample.Seen sample,
            Map<String, QueueState> states,
            Running running,
            double elapsed,
            Instant now) {
        var pods = Startup.remember(before, sample.pods(), now);
        double faded = before.longestSeconds() * Math.exp(-elapsed / LONGEST_FADES);
        return new PoolState(
                states,
                pods,
                Startup.median(pods.values(), before.startupSeconds()),
                Math.max(faded, running.oldestSeconds()),
                now,
                before.remembered());
    }

    /// A rate is an average over the past: when all is done and nothing came for a while, there is none.
    private static boolean isQuiet(
            Sample.Seen sample, Map<String, QueueState> states, ScalingPolicy policy, Instant now) {
        double quiet = Math.max(2 * policy.tick().toNanos() / 1e9, 3);
        return sample.queues().stream()
                                .mapToLong(queue -> ready(queue) + queue.heldAtMost())
                                .sum()
                        == 0
                && states.values().stream().allMatch(state -> {
                    var last = state.lastArrival();
                    return last == null || History.seconds(last, now) >= quiet;
                });
    }

    /// Rounded up: a single message must not be nobody's.
    private static long part(long messages, QueueSample queue, Sample.Seen sample) {
        return (long) Math.ceil(sample.part(queue.name()) * messages);
    }

    private static long ready(QueueSample queue) {
        return Objects.requireNonNullElse(queue.ready(), 0L);
    }
}
