package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.autoscaler.WorkerReport.Work;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.watch.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a pool is sized by, and which pods may go.
class PoolScalingFiguresTest extends PoolScalingScene {

    @Test
    void takesIdlePodsAwayFirst() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        workloads.show(List.of(Pods.ready("busy"), Pods.ready("idle"), Pods.starting("young")));
        busy.runs("busy", 1).runs("idle", 0);

        scaling.step(seen(15), Map.of());

        assertThat(journal.lines()).containsExactly("mark idle -1", "scale shop to 2", "event ScaledDown");
    }

    @Test
    void whatIsRecommendedDoesNotFlapWhereThePoolShrinksInSteps() {
        var scaling = scaling(Pools.pool("""
            queues: [{name: orders}]
            scaling: {mode: Recommend, scaleDown: {stabilization: 0s, maxPercent: 50}}
            """));
        workloads.show(deployments.put(Pools.deployment(5, 1)));

        for (int second = 0; second < 60; second += 5) {
            scaling.step(seen(0, NOW.plusSeconds(second)), Map.of());
        }

        assertThat(scaling.view().orElseThrow().changes())
                .extracting(Change::from, Change::to)
                .containsExactly(tuple(5, 3));
    }

    @Test
    void evictedPodsMakeNoRoom() {
        var scaling = scaling("Auto, maxReplicas: 1");
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        workloads.show(
                List.of(Pods.ready("a"), Pods.ready("b"), Pods.ready("c"), Pods.evicted("d"), Pods.evicted("e")));
        busy.says("a", report(1)).says("b", report(1)).says("c", report(1));

        scaling.step(seen(100), Map.of());

        assertThat(journal.lines()).noneMatch(line -> line.startsWith("scale"));
    }

    @Test
    void aPoolWhosePodsAreNotReadyAndRunTasksKeepsThem() {
        var scaling = scaling("Auto");
        workloads.show(deployments.put(Pools.deployment(3, 1)));
        workloads.show(List.of(Pods.unready("a"), Pods.unready("b"), Pods.unready("c")));
        busy.says("a", report(1)).says("b", report(1));

        scaling.step(Probes.seen(Map.of("orders", new QueueSample("orders", 0L, 3L, 3L, 3L, 0L)), NOW), Map.of());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void sizesByWhatTheWorkersSayOfEachQueue() {
        var scaling = scaling(Pools.pool("queues: [{name: orders}]\nscaling: {objective: {drainTime: 60s}}"));
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        workloads.show(List.of(Pods.ready("a", Duration.ofSeconds(8))));
        busy.says("a", new WorkerReport(4, 2, Map.of("orders", new Work(250, 100))));

        scaling.step(seen(1_000), Map.of());

        assertThat(scaling.view()).hasValueSatisfying(view -> {
            assertThat(view.decision().terms().busySeconds()).isCloseTo(2.5, within(1e-9));
            assertThat(view.decision().terms().startupSeconds()).isEqualTo(8);
        });
    }

    @Test
    void anotherBrokersCountersAreNoArrivals() {
        var scaling = scaling(Pools.pool("queues: [{name: orders}]\nscaling: {objective: {drainTime: 60s}}"));
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        workloads.show(List.of(Pods.ready("a")));
        busy.says("a", new WorkerReport(0, 0, Map.of("orders", new Work(250, 100))));
        for (int second = 0; second < 30; second += 5) {
            scaling.step(at("one", second, 100, 100), Map.of());
        }

        for (int second = 30; second < 60; second += 5) {
            scaling.step(at("two", second, 90_000, 60_000), Map.of());

            var terms = scaling.view().orElseThrow().decision().terms();
            assertThat(terms.arrivalRate()).as("after %d s", second).isZero();
            assertThat(terms.busySeconds()).as("tasks take as long").isCloseTo(2.5, within(1e-9));
        }
        assertThat(journal.lines()).noneMatch(line -> line.equals("event ScaledUp"));
    }

    @Test
    void aServerMoreIsStillTheSameBroker() {
        var scaling = scaling(Pools.pool("queues: [{name: orders}]\nscaling: {objective: {drainTime: 60s}}"));
        workloads.show(deployments.put(Pools.deployment(1, 1)));
        for (int second = 0; second < 30; second += 5) {
            scaling.step(at("one", second, 100L * second, 100L * second), Map.of());
        }

        scaling.step(
                new Probe.Seen(
                        new Question(Set.of("orders"), Set.of("one", "two")),
                        Map.of("orders", new QueueSample("orders", 0L, 0L, 1L, 3_000L, 3_000L)),
                        Duration.ZERO,
                        NOW.plusSeconds(30)),
                Map.of());

        assertThat(scaling.view().orElseThrow().decision().terms().arrivalRate())
                .isCloseTo(100, within(20.0));
    }
}
