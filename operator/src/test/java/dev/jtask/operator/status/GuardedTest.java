package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Guards;
import dev.jtask.autoscaler.PoolState;
import dev.jtask.autoscaler.Reason;
import dev.jtask.autoscaler.Terms;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import dev.jtask.crds.v1alpha1.ScalingGuards;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.scaling.PoolView;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.workload.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardedTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Guards.Held HELD = new Guards.Held(5, 19.5, NOW, Duration.ofMinutes(5), false);

    @Test
    void whatKeepsAPoolFromGrowingIsKeptWhole() {
        var measured = new Guards.Measured(2, NOW, NOW, 0.5, Map.of("orders", new Work(960, 1920)));

        assertThat(Guarded.of(new Guards(new Runs(60, 57, 3), HELD, measured)))
                .isEqualTo(new ScalingGuards(
                        new ScalingGuards.Failing(60.0, 57.0, 3.0),
                        new ScalingGuards.Held(5, 19.5, NOW.toString(), 300L, false),
                        new ScalingGuards.Measured(
                                2,
                                NOW.toString(),
                                NOW.toString(),
                                0.5,
                                List.of(new ScalingGuards.Queue("orders", 960.0, 1920.0)))));
        assertThat(Guarded.of(Guards.NONE)).isNull();
    }

    @Test
    void itIsNewsThatAPoolIsHeldAndNotByWhichFigures() {
        var few = Guarded.of(new Guards(new Runs(60, 57, 0), null, null));
        var more = Guarded.of(new Guards(new Runs(70, 58, 0), null, new Guards.Measured(2, NOW, NOW, 0.5, Map.of())));

        assertThat(Guarded.headline(few)).isNotNull().isEqualTo(Guarded.headline(more));
        assertThat(Guarded.headline(Guarded.of(new Guards(null, HELD, null)))).isNotNull();
        assertThat(Guarded.headline(
                        Guarded.of(new Guards(null, null, new Guards.Measured(2, NOW, NOW, 0.5, Map.of())))))
                .isNull();
    }

    @Test
    void whatWasLearnedIsKeptOverAnOutage() {
        var pool = Pools.pool("queues: [{name: orders}]");
        var known = PoolState.knowing(8.0, Map.of(), new Guards(new Runs(60, 57, 0), null, null), NOW);
        var seen = Probes.seen(Map.of(), NOW, "orders");
        pool.setStatus(status(pool, view(seen, Reason.Idle, Basis.FIGURES, known)));

        var blind = new Probe.Blind("BrokerUnreachable", "no answer", NOW);
        var status = status(pool, view(blind, Reason.Blind, Basis.NOTHING, PoolState.EMPTY));

        assertThat(Objects.requireNonNull(status.scaling()).guards())
                .isEqualTo(new ScalingGuards(new ScalingGuards.Failing(60.0, 57.0, 0.0), null, null));
    }

    private static TaskWorkerPoolStatus status(TaskWorkerPool pool, PoolView view) {
        return Statuses.compute(
                new Observation(pool, FakeSecrets.USABLE, null, List.of(), new Rollout.Done(), view), NOW);
    }

    private static PoolView view(Probe probe, Reason reason, Basis basis, PoolState state) {
        var decision = new Decision(3, 3, reason, basis, "because", Terms.NONE, false, null, state);
        return new PoolView(probe, Set.of(), Map.of(), decision, List.of(), null, null);
    }
}
