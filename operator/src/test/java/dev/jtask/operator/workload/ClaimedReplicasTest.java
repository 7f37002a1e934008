package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import org.junit.jupiter.api.Test;

/// A Deployment whose status is written while its replicas are taken over.
class ClaimedReplicasTest {

    private final Journal journal = new Journal();
    private final FakeDeployments api = new FakeDeployments(journal);
    private final Deployments deployments =
            new Deployments(new DesiredDeployment(Pools.YAML), new Drift(Pools.YAML), api);
    private final TaskWorkerPool pool = Pools.pool("queues: [{name: orders}]\nscaling: {minReplicas: 2}");

    @Test
    void statusesThatAreWrittenWhilePodsStartDoNotKeepANewPoolFromItsReplicas() {
        api.writeStatuses(4);

        assertThat(roll()).isEqualTo(new Rollout.Done());
        assertThat(journal.lines()).containsExactly("apply shop with 2", "scale shop to 2");
    }

    @Test
    void oneThatDoesNotComeToRestIsTriedAgainAndNotAppliedMeanwhile() {
        api.writeStatuses(1_000);

        assertThat(roll())
                .isInstanceOfSatisfying(
                        Rollout.Failed.class,
                        failed -> assertThat(failed.message()).contains("HTTP 409"));
        assertThat(roll()).isInstanceOf(Rollout.Failed.class);
        assertThat(journal.lines()).containsExactly("apply shop with 2");

        api.writeStatuses(0);
        assertThat(roll()).isEqualTo(new Rollout.Done());
        assertThat(journal.lines()).containsExactly("apply shop with 2", "scale shop to 2");
    }

    private Rollout roll() {
        return deployments.roll(
                pool, FakeSecrets.USABLE, api.find("default", "shop").orElse(null));
    }
}
