package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.fake.Probes;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A spec that was changed while no operator ran.
class RestartedOperatorTest extends StatusesScene {

    private static final long BEFORE = 3;
    private static final long NOW_ASKED = 4;

    @BeforeEach
    void changeTheSpec() {
        pool.setStatus(
                compute(USABLE, deployment(1, 1, 1), List.of(), view(seen("orders", "mails"), Reason.DrainTime)));
        pool.getMetadata().setGeneration(NOW_ASKED);
        pool.setSpec(Pools.pool("queues: [{name: orders}, {name: mails}, {name: new}]")
                .getSpec());
    }

    @Test
    void whatAnOperatorBeforeFoundIsNoWordOnASpecThatItNeverSaw() {
        var status = compute(USABLE, deployment(1, 1, 1), List.of(), null);

        assertThat(status.conditions())
                .as("what `kubectl wait` compares with the spec's generation")
                .hasSize(5)
                .allSatisfy(condition ->
                        assertThat(condition.getObservedGeneration()).isEqualTo(BEFORE));
        assertThat(reasons(status)).containsEntry("Ready", "Working").containsEntry("QueuesReady", "AllExist");
        assertThat(status.observedGeneration()).isEqualTo(BEFORE);
        assertThat(Statuses.isNews(pool.getStatus(), status)).isFalse();
    }

    @Test
    void whatIsSeenNowIsAWordOnTheSpecOfNow() {
        pool.setStatus(compute(USABLE, deployment(1, 1, 1), List.of(), null));

        var status = compute(
                USABLE,
                deployment(1, 1, 1),
                List.of(),
                view(
                        Probes.seen(
                                Map.of(
                                        "orders", new QueueSample("orders", 5L, 2L, 1L, null, null),
                                        "mails", new QueueSample("mails", 5L, 2L, 1L, null, null),
                                        "new", new QueueSample("new", 0L, 0L, 1L, null, null)),
                                NOW),
                        Reason.DrainTime));

        assertThat(status.conditions())
                .allSatisfy(condition ->
                        assertThat(condition.getObservedGeneration()).isEqualTo(NOW_ASKED));
        assertThat(status.observedGeneration()).isEqualTo(NOW_ASKED);
        assertThat(Statuses.isNews(pool.getStatus(), status)).isTrue();
    }

    @Test
    void whatIsWrongWithTheSpecOfNowIsSaidOfIt() {
        var status = Statuses.compute(
                new Observation(
                        pool,
                        USABLE,
                        deployment(1, 1, 1),
                        List.of(),
                        new Rollout.Rejected("TemplateInvalid", "spec.template.x"),
                        null),
                NOW);

        assertThat(condition(status, Conditions.READY))
                .returns("TemplateInvalid", Condition::getReason)
                .returns(NOW_ASKED, Condition::getObservedGeneration);
        assertThat(condition(status, Conditions.QUEUES_READY)).returns(BEFORE, Condition::getObservedGeneration);
    }
}
