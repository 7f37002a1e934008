package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.PodSample;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Replicas;
import dev.jtask.autoscaler.Share;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolSpec;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.PodTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeciderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Replicas THREE = new Replicas(3, 3);

    private final Decider decider = new Decider(Duration.ofSeconds(5), PoolState.EMPTY);

    @Test
    void theBacklogOfAllQueuesOfThePoolAndOfNoOtherCounts() {
        var decision = decide(
                spec("{objective: {backlogPerReplica: 10}}"),
                seen(NOW, queue("orders", 30), queue("mails", 15), queue("foreign", 500)));

        assertThat(decision.replicas()).isEqualTo(5);
        assertThat(decision.reason()).isEqualTo(Reason.BacklogPerReplica);
    }

    @Test
    void aMissingQueueIsUnknownNotEmpty() {
        var decision = decide(spec("{}"), seen(NOW, queue("orders", 0)));

        assertThat(decision.replicas()).isEqualTo(3);
        assertThat(decision.reason()).isEqualTo(Reason.Blind);
        assertThat(decision.message()).isEqualTo("the backlog is unknown: mails does not exist; holding 3");
    }

    @Test
    void holdHoldsHoweverLongNothingIsSeen() {
        for (int second = 0; second < 300; second += 5) {
            assertThat(decide(spec("{}"), blind(second)).replicas()).isEqualTo(3);
        }
    }

    @Test
    void oneFailedLookIsNoOutage() {
        var floor = spec("{whenBlind: {mode: Replicas, replicas: 6}}");

        assertThat(decide(floor, blind(0)).replicas()).isEqualTo(3);
        // the same look again, as a reconcile shows it
        assertThat(decide(floor, blind(0)).replicas()).isEqualTo(3);
        assertThat(decide(floor, blind(5)).replicas()).isEqualTo(3);
        assertThat(decide(floor, blind(15)).replicas()).isEqualTo(6);
    }

    @Test
    void anOutageIsOneByAClockThatIsPutBackAsWell() {
        var floor = spec("{whenBlind: {mode: Replicas, replicas: 6}}");
        decide(floor, blind(0));
        decide(floor, blind(-3_600));

        assertThat(decide(floor, blind(-3_595)).replicas()).isEqualTo(6);
    }

    @Test
    void aLookThatSucceedsBeginsTheCountAnew() {
        var floor = spec("{whenBlind: {mode: Replicas, replicas: 6}, objective: {backlogPerReplica: 10}}");
        decide(floor, blind(0));
        decide(floor, blind(5));
        decide(floor, seen(NOW.plusSeconds(15), queue("orders", 30), queue("mails", 0)));

        assertThat(decide(floor, blind(20)).replicas()).isEqualTo(3);
    }

    @Test
    void theFloorOfAnOutageTakesNoPodAway() {
        var floor = spec("{whenBlind: {mode: Replicas, replicas: 2}}");

        for (int second = 0; second < 60; second += 5) {
            var decision = decide(floor, blind(second));
            assertThat(decision.replicas()).isEqualTo(3);
            assertThat(decision.reason()).isEqualTo(Reason.Blind);
        }
    }

    @Test
    void aQueueThatIsNewOrSaysNothingIsNoOutage() {
        var floor = spec("{whenBlind: {mode: Replicas, replicas: 6}}");

        for (int second = 0; second < 60; second += 5) {
            assertThat(decide(floor, seen(NOW.plusSeconds(second), queue("orders", 0)))
                            .replicas())
                    .as("mails does not exist")
                    .isEqualTo(3);
        }
        for (int second = 60; second < 120; second += 5) {
            assertThat(decide(floor, seen(NOW.plusSeconds(second), queue("orders", 0), QueueSample.unknown("mails")))
                            .replicas())
                    .as("mails has no figures")
                    .isEqualTo(3);
        }
    }

    @Test
    void aQueueThatIsDownDoesNotKeepThePoolFromTheOthers() {
        var decision = decide(
                spec("{objective: {backlogPerReplica: 10}}"),
                seen(NOW, queue("orders", 60), QueueSample.unknown("mails").asDown()));

        assertThat(decision.replicas()).isEqualTo(6);
        assertThat(decision.message()).contains("queue mails is down");
    }

    @Test
    void whatWaitsIsEnoughToGrowByWhileTheManagementIsAway() {
        var decision = decide(
                spec("{objective: {backlogPerReplica: 10}}"), counted(0, queue("orders", 60), queue("mails", 15)));

        assertThat(decision.replicas()).isEqualTo(8);
        assertThat(decision.basis()).isEqualTo(Basis.COUNT);
        assertThat(decision.reason()).isEqualTo(Reason.BacklogPerReplica);
    }

    /// As where it is down with the node that the management API is asked of.
    @Test
    void aQueueThatCouldNotBeCountedDoesNotKeepThePoolFromTheOthers() {
        var spec = spec("{objective: {backlogPerReplica: 10}}");
        var decision = decide(spec, counted(0, queue("orders", 60)));

        assertThat(decision.replicas()).isEqualTo(6);
        assertThat(decision.message()).contains("what waits elsewhere is unknown");
        assertThat(decide(spec, counted(5, queue("orders", 0)))).returns(3, Decision::replicas);
    }

    @Test
    void whereNoneCouldBeCountedThePoolIsBlind() {
        var decision = decide(spec("{objective: {backlogPerReplica: 10}}"), counted(0));

        assertThat(decision.reason()).isEqualTo(Reason.Blind);
        assertThat(decision.replicas()).isEqualTo(3);
        assertThat(decision.message()).isEqualTo("the backlog is unknown: no answer; holding 3");
    }

    @Test
    void theFloorOfAnOutageIsForPoolsThatCannotBeCounted() {
        var floor = spec("{whenBlind: {mode: Replicas, replicas: 6}}");

        for (int second = 0; second < 60; second += 5) {
            assertThat(decide(floor, counted(second, queue("orders", 0), queue("mails", 0)))
                            .replicas())
                    .isEqualTo(3);
        }
        assertThat(decide(floor, blind(60)).replicas()).isEqualTo(6);
    }

    @Test
    void countsBetweenLooksMakeNoOutageLonger() {
        var floor = spec("{whenBlind: {mode: Replicas, replicas: 6}}");
        for (int count = 0; count < 5; count++) {
            decide(floor, Probes.counted(Map.of(), NOW.plusMillis(500L * count), "orders", "mails"));
        }

        assertThat(decide(floor, blind(5)).replicas()).isEqualTo(3);
    }

    private static Probe counted(int second, QueueSample... queues) {
        return Probes.counted(
                Arrays.stream(queues)
                        .collect(Collectors.toMap(
                                QueueSample::name,
                                queue -> QueueSample.unknown(queue.name())
                                        .counting(Objects.requireNonNullElse(queue.ready(), 0L)))),
                NOW.plusSeconds(second),
                "orders",
                "mails");
    }

    private static Probe blind(int second) {
        return new Probe.Blind("BrokerUnreachable", "no answer", NOW.plusSeconds(second));
    }

    @Test
    void remembersWhatItSawFromLookToLook() {
        var spec = spec("{scaleDown: {stabilization: 30s}}");
        var nothing = new QueueSample[] {queue("orders", 0), queue("mails", 0)};

        assertThat(decide(spec, seen(NOW, nothing)).reason()).isEqualTo(Reason.Stabilizing);
        for (int second = 5; second < 30; second += 5) {
            assertThat(decide(spec, seen(NOW.plusSeconds(second), nothing)).replicas())
                    .isEqualTo(3);
        }
        assertThat(decide(spec, seen(NOW.plusSeconds(30), nothing)).replicas()).isZero();
    }

    @Test
    void aPodsStartUpShortensTheTimeToDrain() {
        var spec = spec("{objective: {drainTime: 60s}}");
        var probe = seen(NOW, queue("orders", 1_000), queue("mails", 0));

        var terms = PodTerms.of(spec, null, List.of());

        var quick = new Decider(Duration.ofSeconds(5), PoolState.EMPTY)
                .decide(spec, terms, probe, THREE, pods(1.5), Map.of());
        var slow = new Decider(Duration.ofSeconds(5), PoolState.EMPTY)
                .decide(spec, terms, probe, THREE, pods(30), Map.of());

        assertThat(quick.terms().startupSeconds()).isEqualTo(1.5);
        assertThat(slow.need()).isGreaterThan(quick.need());
    }

    @Test
    void recommendingDecidesAsScalingDoes() {
        var probe = seen(NOW, queue("orders", 30), queue("mails", 15));

        assertThat(decide(spec("{mode: Recommend, objective: {backlogPerReplica: 10}}"), probe)
                        .replicas())
                .isEqualTo(5);
    }

    @Test
    void ofAQueueThatAnotherPoolConsumesItTakesItsPart() {
        var spec = spec("{objective: {backlogPerReplica: 10}}");
        var decision = decider.decide(
                spec,
                PodTerms.of(spec, null, List.of()),
                seen(NOW, queue("orders", 80), queue("mails", 15)),
                THREE,
                List.of(),
                Map.of("orders", new Share(0.25, "pool shop/big")));

        assertThat(decision.need()).isEqualTo(3.5);
        assertThat(decision.message()).contains(", 25 % of queue orders being its part beside pool shop/big");
    }

    @Test
    void offTakesTheNumberThatSomebodySet() {
        var spec = Pools.pool("queues: [{name: orders}]\nreplicas: 7\nscaling: {mode: \"Off\"}")
                .getSpec();

        assertThat(decide(spec, seen(NOW, queue("orders", 0))))
                .isEqualTo(Decision.off(7, "scaling.mode is Off: spec.replicas asks for 7"));
    }

    @Test
    void offKeepsTheSizeWhereNobodySetOne() {
        var decision = decide(spec("{mode: \"Off\"}"), seen(NOW, queue("orders", 10_000), queue("mails", 0)));

        assertThat(decision)
                .isEqualTo(
                        Decision.off(3, "scaling.mode is Off and spec.replicas is not set: the pool keeps its size"));
    }

    private Decision decide(TaskWorkerPoolSpec spec, Probe probe) {
        return decider.decide(spec, PodTerms.of(spec, null, List.of()), probe, THREE, List.of(), Map.of());
    }

    private static List<PodSample> pods(double startup) {
        return List.of(new PodSample("pod", startup, null));
    }

    private static TaskWorkerPoolSpec spec(String scaling) {
        return Pools.pool("queues: [{name: orders}, {name: mails}]\nscaling: " + scaling)
                .getSpec();
    }

    private static QueueSample queue(String name, long ready) {
        return new QueueSample(name, ready, 0L, 0L, 0L, 0L);
    }

    private static Probe seen(Instant at, QueueSample... queues) {
        var byName = Arrays.stream(queues).collect(Collectors.toMap(QueueSample::name, Function.identity()));
        return Probes.seen(byName, at, "orders", "mails");
    }
}
