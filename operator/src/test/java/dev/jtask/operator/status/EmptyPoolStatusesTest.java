package dev.jtask.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Basis;
import dev.jtask.autoscaler.Reason;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.workload.Rollout;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a pool without pods says.
class EmptyPoolStatusesTest extends StatusesScene {

    @Test
    void anEmptyPoolHasNothingToDoOnlyWhereThatIsSeen() {
        var idle = ready(decided(Reason.Idle, Basis.FIGURES, "0 ready need 0 pods"));
        assertThat(idle)
                .returns("True", Condition::getStatus)
                .returns("nothing to do: no pods run", Condition::getMessage);

        for (var reason : List.of(Reason.Budget, Reason.WindowCeiling, Reason.Paused, Reason.BelowActivation)) {
            var held = ready(decided(reason, Basis.FIGURES, "600 ready need 12 pods; limited to 0"));
            assertThat(held)
                    .returns("True", Condition::getStatus)
                    .returns("ScaledToZero", Condition::getReason)
                    .returns("no pods run: 600 ready need 12 pods; limited to 0", Condition::getMessage);
        }

        assertThat(ready(decided(Reason.Blind, Basis.NOTHING, "the backlog is unknown")))
                .returns("Unknown", Condition::getStatus)
                .returns("Blind", Condition::getReason)
                .returns("no pods run: the backlog is unknown", Condition::getMessage);
        assertThat(ready(decided(Reason.CountOnly, Basis.COUNT, "what waits elsewhere is unknown")))
                .returns("Unknown", Condition::getStatus)
                .returns("Blind", Condition::getReason)
                .returns("no pods run: what waits elsewhere is unknown", Condition::getMessage);
        assertThat(ready(null)).returns("Unknown", Condition::getStatus).returns("NotDecidedYet", Condition::getReason);
    }

    @Test
    void anEmptyPoolThatSomebodyElseScalesWaitsForNoLook() {
        var off = Pools.pool("queues: [{name: orders}]\nscaling: {mode: \"Off\"}");

        var status = Statuses.compute(
                new Observation(off, USABLE, deployment(0, 0, 0), List.of(), new Rollout.Done(), null), NOW);

        assertThat(condition(status, Conditions.READY)).returns("ScaledToZero", Condition::getReason);
    }

    @Test
    void aRestartIsNoNewsOfAnEmptyPool() {
        pool.setStatus(compute(
                USABLE, deployment(0, 0, 0), List.of(), decided(Reason.Idle, Basis.FIGURES, "0 ready need 0 pods")));

        assertThat(ready(null)).returns("ScaledToZero", Condition::getReason);
    }

    @Test
    void nothingIsCalledWithinItsRangeThatIsNotKnownToBe() {
        assertThat(limited(Reason.Blind, Basis.NOTHING))
                .returns("Unknown", Condition::getStatus)
                .returns("Blind", Condition::getReason)
                .returns("because", Condition::getMessage);
        assertThat(limited(Reason.Paused, Basis.FIGURES))
                .returns("True", Condition::getStatus)
                .returns("Paused", Condition::getReason)
                .returns(
                        "the pool keeps its size whatever is needed (because); remove scaling.paused or the annotation to go on",
                        Condition::getMessage);
        assertThat(limited(Reason.Off, Basis.NOTHING))
                .returns("False", Condition::getStatus)
                .returns("Off", Condition::getReason);
    }
}
