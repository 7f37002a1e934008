package dev.jtask.simulator.scaler;

import dev.jtask.autoscaler.Autoscaler;
import dev.jtask.autoscaler.Directives;
import dev.jtask.autoscaler.Plan;
import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Range;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.autoscaler.Sample;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.Terms;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.simulator.world.PodFacts;
import dev.jtask.simulator.world.QueueFigures;
import dev.jtask.simulator.world.Scaler;
import dev.jtask.simulator.world.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The production decision with figures as the operator takes them: the management's at each tick, with the messages
/// that wait counted at that moment; while there are no pods these are counted more often than that.
final class JtaskScaler implements Scaler {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double BEAT = 0.5;

    private final ScalingPolicy policy;
    private final Directives directives;
    private final double tick;
    private final CountingLine line = new CountingLine();
    private PoolState state = PoolState.EMPTY;
    private int failures;
    private double nextTick;
    private double nextAsk;
    private List<QueueSample> told = List.of();
    private long waiting;
    /// What stands in the pool's status.
    private Terms terms = Terms.NONE;

    JtaskScaler(ScalingPolicy policy) {
        this.policy = policy;
        this.directives = new Directives(false, 0, Range.of(policy.minReplicas(), policy.maxReplicas()));
        this.tick = policy.tick().toNanos() / 1e9;
    }

    @Override
    public Wish look(Sight sight) {
        var replicas = replicas(sight);
        if (sight.now() >= nextTick) {
            nextTick = sight.now() + tick;
            return isAway() && sight.now() < nextAsk ? count(sight, replicas) : ask(sight, replicas);
        }
        return isSilent() ? count(sight, replicas) : beat(sight, replicas);
    }

    /// Whether the management does not answer.
    private boolean isAway() {
        return failures > 0;
    }

    private boolean isSilent() {
        return isAway() && told.isEmpty();
    }

    private Wish ask(Sight sight, Replicas replicas) {
        var statistics = sight.statistics();
        failures = statistics.isPresent() ? 0 : failures + 1;
        // the operator asks a broker that does not answer less often
        nextAsk = sight.now() + Math.min(30, tick * Math.pow(2, Math.min(10, failures - 1)));
        var counts = line.count(sight).orElse(null);
        told = statistics.map(queues -> queues(queues, replicas)).orElseGet(() -> unknown(counts));
        return told.isEmpty()
                ? decide(sight, new Sample.Blind("the broker does not answer", replicas))
                : decide(sight, seen(counting(counts), sight, replicas));
    }

    /// What can be had while the management does not answer; the first word of a broker that was silent is reason to
    /// ask it.
    private Wish count(Sight sight, Replicas replicas) {
        boolean silent = isSilent();
        var counts = line.count(sight).orElse(null);
        told = unknown(counts);
        if (silent && !told.isEmpty()) {
            failures = 0;
            return ask(sight, replicas);
        }
        return told.isEmpty()
                ? decide(sight, new Sample.Blind("the broker does not answer", replicas))
                : decide(sight, seen(counting(counts), sight, replicas));
    }

    private Wish beat(Sight sight, Replicas replicas) {
        var counted = counting(line.count(sight).orElse(null));
        long now = counted.stream()
                .mapToLong(queue -> Objects.requireNonNullElse(queue.ready(), 0L))
                .sum();
        if (now == 0 || now == waiting) {
            return new Wish(replicas.desired(), true, true, untilNext(sight, replicas.desired()));
        }
        waiting = now;
        return decide(sight, seen(counted, sight, replicas));
    }

    private Wish decide(Sight sight, Sample sample) {
        var now = START.plusNanos(Math.round(sight.now() * 1e9));
        var decision = Plan.of(Autoscaler.decide(state, sample, policy, now), sample.replicas(), directives);
        state = decision.next();
        terms = decision.terms();
        return new Wish(decision.replicas(), true, decision.sparesRunning(), untilNext(sight, decision.replicas()));
    }

    private double untilNext(Sight sight, int replicas) {
        double left = Math.max(0.001, nextTick - sight.now());
        return isSilent() || (replicas == 0 && !told.isEmpty()) ? Math.min(BEAT, left) : left;
    }

    /// @param counts null where nothing could be counted
    private List<QueueSample> counting(@Nullable List<Long> counts) {
        return counts == null
                ? told
                : IntStream.range(0, told.size())
                        .mapToObj(i -> told.get(i).counting(counts.get(i)))
                        .toList();
    }

    private static List<QueueSample> unknown(@Nullable List<Long> counts) {
        return IntStream.range(0, counts == null ? 0 : counts.size())
                .mapToObj(i -> QueueSample.unknown("q" + i))
                .toList();
    }

    private static Sample seen(List<QueueSample> queues, Sight sight, Replicas replicas) {
        return new Sample.Seen(queues, samples(sight.pods()), replicas);
    }

    private static Replicas replicas(Sight sight) {
        var pods = sight.pods();
        return new Replicas(
                pods.size(), (int) pods.stream().filter(PodFacts::ready).count());
    }

    @Override
    public void restart() {
        state = PoolState.knowing(
                        terms.startupSeconds(),
                        terms.queues().stream()
                                .filter(Terms.QueueTerms::learned)
                                .collect(Collectors.toMap(Terms.QueueTerms::name, Terms.QueueTerms::busySeconds)),
                        state.guards(),
                        START.plusNanos(Math.round(nextTick * 1e9)))
                .lasting(state.longestSeconds());
        told = List.of();
        waiting = 0;
        failures = 0;
        line.hangUp();
    }

    private static List<QueueSample> queues(List<QueueFigures> figures, Replicas replicas) {
        var samples = new ArrayList<QueueSample>();
        for (int i = 0; i < figures.size(); i++) {
            var each = figures.get(i);
            samples.add(new QueueSample(
                    "q" + i, each.ready(), each.unacked(), (long) replicas.ready(), each.published(), each.acked()));
        }
        return samples;
    }

    private static List<PodSample> samples(List<PodFacts> pods) {
        return pods.stream()
                .map(pod -> new PodSample(
                        "pod-" + pod.id(),
                        pod.ready() ? pod.readySince() - pod.created() : null,
                        pod.firstReady().isPresent() ? report(pod) : null))
                .toList();
    }

    private static WorkerReport report(PodFacts pod) {
        var work = new HashMap<String, WorkerReport.Work>();
        double ended = 0;
        for (int i = 0; i < pod.work().size(); i++) {
            var each = pod.work().get(i);
            work.put("q" + i, new WorkerReport.Work(each.busySeconds(), each.ended()));
            ended += each.ended();
        }
        return new WorkerReport(
                pod.running(), pod.oldestSeconds(), work, new WorkerReport.Runs(ended, pod.failed(), 0));
    }
}
