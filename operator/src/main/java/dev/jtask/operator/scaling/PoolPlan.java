package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Budget;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Plan;
import dev.jtask.autoscaler.Range;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.autoscaler.Share;
import dev.jtask.crds.v1alpha1.QueueSpec;
import dev.jtask.crds.v1alpha1.ScalingMode;
import dev.jtask.crds.v1alpha1.ScalingSpec;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.workload.Pause;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings what stands beside the figures of a pool before the autoscaler: the clock, people, the other pools.
final class PoolPlan {

    private final Neighbours neighbours;
    private final PodBudget budget;
    private final Learned learned;
    private final Hours hours = new Hours();
    private volatile @Nullable Known broker;
    /// The most that the budget had for it lately.
    private int granted = Integer.MAX_VALUE;

    private @Nullable Limit limit;
    /// By the need alone, null before.
    private @Nullable Integer asked;

    /// What the last look came to.
    ///
    /// @param until when that could change at the earliest, null when at any look
    private record Limit(
            Reason reason, int replicas, @Nullable Instant until) {}

    /// @param addresses the broker's, which every look needs
    private record Known(BrokerAccess access, Set<String> addresses) {}

    /// @param learned by an operator before this one
    PoolPlan(Neighbours neighbours, PodBudget budget, Learned learned) {
        this.learned = learned;
        this.neighbours = neighbours;
        this.budget = budget;
    }

    void brokerIs(BrokerAccess access) {
        var before = broker;
        if (before == null || !before.access().equals(access)) {
            broker = new Known(access, access.addresses());
        }
    }

    /// Where its broker is, empty before a Secret said so.
    Optional<BrokerAccess> broker() {
        return Optional.ofNullable(broker).map(Known::access);
    }

    /// Before its first look a pool keeps what it has of the budget.
    void introduce(TaskWorkerPool pool, int holds) {
        budget.introduce(name(ResourceID.fromResource(pool)), holds);
    }

    /// Its parts of the queues that other pools consume as well.
    ///
    /// @param slots of each of its pods
    Map<String, Share> shares(TaskWorkerPool pool, int slots, Replicas replicas, Instant now) {
        var known = broker;
        if (known == null) {
            return Map.of();
        }
        var spec = pool.getSpec();
        var id = ResourceID.fromResource(pool);
        var met = neighbours.shares(
                id,
                new Capacity(
                        name(id),
                        known.addresses(),
                        spec.queues().stream().map(QueueSpec::name).collect(Collectors.toSet()),
                        slots,
                        replicas.ready(),
                        most(pool, replicas, now),
                        isFull(pool, replicas, now)));
        return learned.shares(met, now);
    }

    private int most(TaskWorkerPool pool, Replicas replicas, Instant now) {
        return grows(pool) ? hours.at(pool.getSpec().scaling(), now).ceiling() : replicas.ready();
    }

    /// Pods that it asks for in vain, as a cluster or a quota has no more, are all that it can get as well.
    private boolean isFull(TaskWorkerPool pool, Replicas replicas, Instant now) {
        int asked = Math.max(replicas.desired(), replicas.ready());
        return asked >= Math.min(most(pool, replicas, now), granted);
    }

    /// What comes of a decision.
    Decision of(TaskWorkerPool pool, Decision decided, Replicas replicas, Instant now) {
        var scaling = pool.getSpec().scaling();
        int current = replicas.desired();
        if (scaling.mode() == ScalingMode.OFF) {
            claim(pool, current, decided.replicas(), decided.replicas(), now);
            return decided;
        }
        var range = hours.at(scaling, now);
        var last = asked;
        var standing = last == null ? decided : Plan.standing(decided, last, current, range);
        asked = standing.replicas();
        var planned = Plan.of(standing, replicas, Policies.directives(pool, range));
        if (!grows(pool)) {
            // what the operator does not scale is not its to give
            claim(pool, current, current, current, now);
            return steady(planned, scaling, range);
        }
        // where not all is known nothing is taken away
        int kept = planned.basis() == Basis.FIGURES ? 0 : current;
        int given = claim(pool, current, Math.max(kept, range.floor()), planned.replicas(), now);
        remember(given, planned.replicas());
        return steady(Plan.budgeted(planned, Math.max(kept, given), budget.pods(), scaling.priority()), scaling, range);
    }

    /// What limited it at the look before does so as long as it stands.
    private Decision steady(Decision planned, ScalingSpec scaling, Range range) {
        var before = limit;
        var steady = before != null && before.replicas() == planned.replicas() && stands(before, scaling, range)
                ? Plan.stillLimited(planned, before.reason(), before.until())
                : planned;
        limit = new Limit(steady.reason(), steady.replicas(), steady.notBefore());
        return steady;
    }

    private boolean stands(Limit before, ScalingSpec scaling, Range range) {
        return switch (before.reason()) {
            case MaxReplicas -> before.replicas() == scaling.maxReplicas();
            case WindowCeiling -> before.replicas() == range.ceiling();
            case Budget -> before.replicas() == granted && budget.isSpent();
            default -> false;
        };
    }

    /// A limit stands until more is given: that less is asked for, as others take their part, does not lift it.
    private void remember(int given, int wanted) {
        if (given < wanted) {
            granted = given;
        } else if (given > granted) {
            granted = Integer.MAX_VALUE;
        }
    }

    /// When a window opens or closes next, null when none does.
    @Nullable
    Instant nextWindow(TaskWorkerPool pool, Instant now) {
        return hours.at(pool.getSpec().scaling(), now).until();
    }

    private int claim(TaskWorkerPool pool, int holds, int floor, int wanted, Instant now) {
        var name = name(ResourceID.fromResource(pool));
        return budget.grant(new Budget.Claim(name, pool.getSpec().scaling().priority(), floor, wanted), holds, now);
    }

    /// Whether the operator may write the pool's replicas.
    static boolean acts(TaskWorkerPool pool) {
        return pool.getSpec().scaling().mode() != ScalingMode.RECOMMEND
                && !pool.isMarkedForDeletion()
                && !Pause.ofReconciliation(pool);
    }

    private static boolean grows(TaskWorkerPool pool) {
        return pool.getSpec().scaling().mode() == ScalingMode.AUTO && acts(pool) && !Pause.ofSize(pool);
    }

    /// As sentences name a pool.
    static String name(ResourceID id) {
        return id.getNamespace().orElse("") + "/" + id.getName();
    }
}
