package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.status.Observation;
import dev.jtask.operator.status.Statuses;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A queue that is there, and of which the broker says nothing.
class UnknownQueueTest extends PoolScalingScene {

    @Test
    void anEmptyPoolIsNotSaidToHaveNothingToDo() {
        var pool = Pools.pool("queues: [{name: orders}, {name: mails}]");
        var empty = deployments.put(Pools.deployment(0, 1));
        workloads.show(empty);
        var scaling = scaling(pool);

        scaling.step(
                Probes.seen(Map.of("orders", sample("orders", 0), "mails", QueueSample.unknown("mails")), NOW),
                Map.of());

        var view = scaling.view().orElseThrow();
        assertThat(view.decision().reason()).isEqualTo(Reason.CountOnly);
        var status = Statuses.compute(
                new Observation(pool, FakeSecrets.USABLE, empty, List.of(), new Rollout.Done(), view), NOW);
        assertThat(status.conditions())
                .filteredOn(condition -> condition.getType().equals(Conditions.READY))
                .singleElement()
                .returns("Unknown", Condition::getStatus)
                .returns("Blind", Condition::getReason);
    }
}
