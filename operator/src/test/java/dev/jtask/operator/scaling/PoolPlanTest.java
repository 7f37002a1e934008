package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeReports;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.FakeWorkloads;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.fake.RecordingAnnotator;
import dev.jtask.operator.fake.RecordingEvents;
import dev.jtask.operator.fake.RecordingScalingMetrics;
import dev.jtask.operator.report.RollCall;
import dev.jtask.operator.victim.Victims;
import dev.jtask.operator.watch.Probe;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What other pools mean for one.
class PoolPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Journal journal = new Journal();
    private final FakeDeployments deployments = new FakeDeployments(journal);
    private final FakeWorkloads workloads = new FakeWorkloads();
    private final Neighbours neighbours = new Neighbours();
    private PodBudget budget = new PodBudget(0, Map::of);
    private Instant now = NOW;

    @Test
    void sharesAQueueWithAnotherPoolUntilThatIsGone() {
        var scaling = scaling("Recommend");
        scaling.plan().brokerIs(FakeSecrets.USABLE.secret().access());
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        workloads.show(List.of(Pods.ready("a")));
        var other = new ResourceID("big", "default");
        neighbours.shares(
                other,
                new Capacity(
                        "default/big", Set.of("http://rabbit.test:15672 vhost /"), Set.of("orders"), 8, 3, 10, false));

        scaling.step(seen(80), Map.of());
        assertThat(scaling.view()).hasValueSatisfying(view -> {
            assertThat(view.decision().need()).isEqualTo(2);
            assertThat(view.decision().message())
                    .contains(", 25 % of queue orders being its part beside pool default/big");
        });

        neighbours.forget(other);
        scaling.step(seen(80), Map.of());
        assertThat(scaling.view())
                .hasValueSatisfying(view -> assertThat(view.decision().need()).isEqualTo(8));
    }

    @Test
    void takesNoMoreThanTheBudgetHasForItAndSaysSo() {
        budget = new PodBudget(5, Map::of);
        budget.introduce("default/big", 3);
        var scaling = scaling("Auto");
        scaling.plan().introduce(pool("Auto"), 0);
        workloads.show(deployments.put(Pools.deployment(1, 1)));

        scaling.step(seen(80), Map.of());

        assertThat(journal.lines()).containsExactly("scale shop to 2", "event ScaledUp");
        assertThat(scaling.view()).hasValueSatisfying(view -> {
            assertThat(view.decision().reason()).isEqualTo(Reason.Budget);
            assertThat(view.decision().message())
                    .endsWith("; limited to 2 by the budget of 5 pods for all pools (priority 0)");
        });
    }

    /// A need that moves about the limit: each turn would be a condition and a status, and of a budget two events.
    @Test
    void aLimitIsToldOnceWhereTheNeedMovesAboutIt() {
        var scaling = scaling("Recommend");
        workloads.show(deployments.put(Pools.deployment(10, 1)));
        workloads.show(IntStream.range(0, 10).mapToObj(i -> Pods.ready("p" + i)).toList());

        assertThat(reasonOf(scaling, 102)).isEqualTo(Reason.WithinTolerance);
        assertThat(reasonOf(scaling, 98)).isEqualTo(Reason.BacklogPerReplica);
        assertThat(reasonOf(scaling, 112)).isEqualTo(Reason.MaxReplicas);
        assertThat(reasonOf(scaling, 108)).isEqualTo(Reason.MaxReplicas);
        assertThat(scaling.view().orElseThrow().decision().message())
                .endsWith("; 10 is within 10% of that; it may have no more");
        assertThat(reasonOf(scaling, 112)).isEqualTo(Reason.MaxReplicas);
        assertThat(reasonOf(scaling, 99)).isEqualTo(Reason.BacklogPerReplica);
        assertThat(reasonOf(scaling, 108)).isEqualTo(Reason.WithinTolerance);
    }

    @Test
    void aLimitThatIsRaisedIsNone() {
        var scaling = scaling("Recommend");
        workloads.show(deployments.put(Pools.deployment(10, 1)));
        assertThat(reasonOf(scaling, 112)).isEqualTo(Reason.MaxReplicas);

        scaling.specIs(pool("Recommend, maxReplicas: 20"));

        assertThat(reasonOf(scaling, 108)).isEqualTo(Reason.WithinTolerance);
    }

    @Test
    void aSpentBudgetIsToldOnceWhereTheNeedMovesAboutIt() {
        budget = new PodBudget(5, Map::of);
        budget.introduce("default/big", 3);
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(2, 1)));
        assertThat(reasonOf(scaling, 23)).isEqualTo(Reason.Budget);

        assertThat(reasonOf(scaling, 21)).isEqualTo(Reason.Budget);
        assertThat(reasonOf(scaling, 23)).isEqualTo(Reason.Budget);
        assertThat(reasonOf(scaling, 20)).isEqualTo(Reason.BacklogPerReplica);
    }

    @Test
    void aBudgetThatIsFreeAgainLimitsNobody() {
        budget = new PodBudget(5, Map::of);
        budget.introduce("default/big", 3);
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(2, 1)));
        assertThat(reasonOf(scaling, 23)).isEqualTo(Reason.Budget);

        budget.forget("default/big");

        assertThat(reasonOf(scaling, 21)).isEqualTo(Reason.WithinTolerance);
    }

    /// At a look five seconds later.
    private Reason reasonOf(PoolScaling scaling, long ready) {
        now = now.plusSeconds(5);
        scaling.step(seen(ready, now), Map.of());
        return scaling.view().orElseThrow().decision().reason();
    }

    @Test
    void theBudgetTakesNothingFromAPoolThatNobodySees() {
        budget = new PodBudget(2, Map::of);
        budget.introduce("default/big", 2);
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        scaling.step(new Probe.Blind("BrokerUnreachable", "down", NOW), Map.of());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void theBudgetTakesNothingFromAPoolOfWhichOnlyTheBacklogIsKnownAndLimitsItsGrowth() {
        budget = new PodBudget(2, Map::of);
        budget.introduce("default/big", 2);
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));

        scaling.step(counted(10), Map.of());
        scaling.step(counted(100), Map.of());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void anEmptyPoolStartsWhereAWindowKeepsTheOtherOneFromGrowing() {
        var day = scaling(
                Pools.named("day", pool("Auto, windows: [{start: 0 0 * * *, duration: 24h, maxReplicas: 2}]")), 2, 2);

        assertThat(beside(day)).isPositive();
    }

    @Test
    void anEmptyPoolStartsWhereTheBudgetHasNoMoreForTheOtherOne() {
        budget = new PodBudget(5, Map::of);
        budget.introduce("default/big", 2);
        var day = scaling(Pools.named("day", pool("Auto")), 2, 2);
        day.step(seen(1_000), Map.of());

        assertThat(beside(day)).isPositive();
    }

    @Test
    void anEmptyPoolStartsWhereTheOtherOneAsksForAllThatItMayHaveAndGetsLess() {
        assertThat(beside(scaling(Pools.named("day", pool("Auto")), 10, 3))).isPositive();
    }

    @Test
    void anEmptyPoolStaysSoWhereTheOtherOneCanGrow() {
        assertThat(beside(scaling(Pools.named("day", pool("Auto")), 2, 2))).isZero();
    }

    /// Pods that an empty pool on the same queue needs, with a thousand messages.
    private double beside(PoolScaling day) {
        var night = scaling(Pools.named("night", pool("Auto")), 0, 0);
        day.step(seen(1_000), Map.of());
        night.step(seen(1_000), Map.of());
        return night.view().orElseThrow().decision().need();
    }

    private PoolScaling scaling(TaskWorkerPool pool, int desired, int ready) {
        var own = new FakeWorkloads();
        own.show(deployments.put(Pools.deployment(desired, 1)));
        own.show(IntStream.range(0, ready).mapToObj(i -> Pods.ready("p" + i)).toList());
        var scaling = scaling(pool, own);
        scaling.plan().brokerIs(FakeSecrets.USABLE.secret().access());
        return scaling;
    }

    private static Probe counted(long ready) {
        return Probes.counted(Map.of("orders", QueueSample.unknown("orders").counting(ready)), NOW);
    }

    private PoolScaling scaling(String mode) {
        return scaling(pool(mode), workloads);
    }

    private PoolScaling scaling(TaskWorkerPool pool, FakeWorkloads workloads) {
        var calls = new RollCall(new FakeReports());
        var writer = new ReplicaWriter(
                deployments, new Victims(calls, new RecordingAnnotator(journal)), new RecordingEvents(journal));
        return new PoolScaling(
                pool,
                workloads,
                calls,
                writer,
                new PoolPlan(neighbours, budget, Learned.NOTHING),
                PoolState.EMPTY,
                new RecordingScalingMetrics(),
                Duration.ofSeconds(5));
    }

    private static TaskWorkerPool pool(String mode) {
        return Pools.pool("""
            queues: [{name: orders}]
            scaling: {mode: %s, objective: {backlogPerReplica: 10}, scaleDown: {stabilization: 0s}}
            """.formatted(mode));
    }

    private static Probe seen(long ready) {
        return seen(ready, NOW);
    }

    private static Probe seen(long ready, Instant at) {
        return Probes.seen(Map.of("orders", new QueueSample("orders", ready, 0L, 0L, 0L, 0L)), at);
    }
}
