package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Autoscaler;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.autoscaler.Sample;
import dev.jtask.autoscaler.ScalingPolicy;
import dev.jtask.autoscaler.Share;
import dev.jtask.autoscaler.WhenBlind;
import dev.jtask.crds.v1alpha1.BlindMode;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolSpec;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.PodTerms;
import dev.jtask.protocol.time.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings what was seen of a pool before the autoscaler and keeps the autoscaler's memory of it.
final class Decider {

    /// One look that fails is no outage.
    private static final int FAILED_LOOKS = 3;

    private final Duration tick;
    private int failedLooks;
    /// Since the last look that failed: what comes meanwhile is none.
    private Wait sameLook = Wait.OVER;
    private PoolState state;
    private @Nullable Ruled last;
    /// Of the broker whose figures it has.
    private Set<String> doors = Set.of();

    /// What a spec's rules came to, which its durations are read for.
    private record Ruled(TaskWorkerPoolSpec spec, PodTerms terms, WhenBlind whenBlind, ScalingPolicy policy) {}

    /// @param tick the time between two looks
    /// @param state what is known of the pool before the first
    Decider(Duration tick, PoolState state) {
        this.tick = tick;
        this.state = state;
    }

    /// @param terms what its pods work by
    /// @param shares its parts of queues that other pools consume as well
    Decision decide(
            TaskWorkerPoolSpec spec,
            PodTerms terms,
            Probe probe,
            Replicas replicas,
            List<PodSample> pods,
            Map<String, Share> shares) {
        return switch (spec.scaling().mode()) {
            case AUTO, RECOMMEND -> {
                count(probe);
                meet(probe.question().doors());
                var decision = Autoscaler.decide(
                        state,
                        sample(spec, probe, replicas, pods, shares),
                        policy(spec, terms, whenBlind(spec, replicas)),
                        probe.at());
                state = decision.next();
                yield decision;
            }
            case OFF -> fixed(spec, replicas);
        };
    }

    private ScalingPolicy policy(TaskWorkerPoolSpec spec, PodTerms terms, WhenBlind whenBlind) {
        var before = last;
        if (before != null
                && Objects.equals(before.spec(), spec)
                && before.terms().equals(terms)
                && before.whenBlind().equals(whenBlind)) {
            return before.policy();
        }
        var policy = Policies.of(spec, terms, whenBlind, tick);
        last = new Ruled(spec, terms, whenBlind, policy);
        return policy;
    }

    private void count(Probe probe) {
        switch (probe) {
            case Probe.Seen seen -> failedLooks = 0;
            case Probe.Counted counted -> failed(counted.at());
            case Probe.Blind blind -> failed(blind.at());
        }
    }

    /// Another broker's counters and depths lie beside none of this one's.
    private void meet(Set<String> asked) {
        if (asked.isEmpty()) {
            return;
        }
        if (!doors.isEmpty() && Collections.disjoint(doors, asked)) {
            state = state.elsewhere();
        }
        doors = asked;
    }

    /// A count between looks is no look.
    private void failed(Instant at) {
        if (sameLook.isOver(at)) {
            failedLooks++;
            sameLook = Wait.of(at, tick.dividedBy(2));
        }
    }

    /// `whenBlind.replicas` is a floor for an outage: it never takes pods away, and a queue that is new, or whose
    /// figures are not there yet, is none.
    private WhenBlind whenBlind(TaskWorkerPoolSpec spec, Replicas replicas) {
        var asked = spec.scaling().whenBlind();
        var floor = Objects.requireNonNullElse(asked.replicas(), 0);
        return asked.mode() == BlindMode.REPLICAS && failedLooks >= FAILED_LOOKS && floor > replicas.desired()
                ? new WhenBlind.Fixed(floor)
                : new WhenBlind.Hold();
    }

    /// Whoever changes `spec.replicas` decides.
    private static Decision fixed(TaskWorkerPoolSpec spec, Replicas replicas) {
        var asked = spec.replicas();
        return asked == null
                ? Decision.off(
                        replicas.desired(), "scaling.mode is Off and spec.replicas is not set: the pool keeps its size")
                : Decision.off(asked, "scaling.mode is Off: spec.replicas asks for " + asked);
    }

    private static Sample sample(
            TaskWorkerPoolSpec spec, Probe probe, Replicas replicas, List<PodSample> pods, Map<String, Share> shares) {
        return switch (probe) {
            case Probe.Blind blind -> new Sample.Blind(blind.message(), replicas);
            case Probe.Counted counted ->
                looked(spec, withOthersUnknown(spec, counted.queues()), replicas, pods, shares)
                        .orElseGet(() -> new Sample.Blind(counted.message(), replicas));
            case Probe.Seen seen ->
                looked(spec, seen.queues(), replicas, pods, shares)
                        .orElseGet(() -> new Sample.Blind(why(spec, seen), replicas));
        };
    }

    /// @return empty unless every queue is known of
    private static Optional<Sample> looked(
            TaskWorkerPoolSpec spec,
            Map<String, QueueSample> queues,
            Replicas replicas,
            List<PodSample> pods,
            Map<String, Share> shares) {
        var samples = spec.queues().stream()
                .flatMap(queue -> Optional.ofNullable(queues.get(queue.name())).stream())
                .toList();
        return samples.size() == spec.queues().size()
                ? Optional.of(new Sample.Seen(samples, pods, replicas, shares))
                : Optional.empty();
    }

    /// Those that could not be counted do not keep the pool from those that were. Where none was there are none: then
    /// it matters why.
    private static Map<String, QueueSample> withOthersUnknown(
            TaskWorkerPoolSpec spec, Map<String, QueueSample> counted) {
        return spec.queues().stream().map(QueueSpec::name).noneMatch(counted::containsKey)
                ? Map.of()
                : spec.queues().stream()
                        .map(QueueSpec::name)
                        .collect(Collectors.toMap(
                                Function.identity(), name -> counted.getOrDefault(name, QueueSample.unknown(name))));
    }

    private static String why(TaskWorkerPoolSpec spec, Probe.Seen seen) {
        var missing = names(spec, seen::lacks);
        return missing.isEmpty()
                ? names(spec, name -> !seen.isToldOf(name)) + " has not been asked for yet"
                : missing + " does not exist";
    }

    private static String names(TaskWorkerPoolSpec spec, Predicate<String> which) {
        return spec.queues().stream().map(QueueSpec::name).filter(which).collect(Collectors.joining(", "));
    }
}
