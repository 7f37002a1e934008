package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.secret.BrokerSecret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final String SPEC = "queues: [{name: orders}]\ntemplate: {spec: {priorityClassName: high}}";
    private static final BrokerSecret SECRET = FakeSecrets.USABLE.secret();

    private final Standing standing = new Standing();

    @Test
    void holdsUntilSomethingChanges() {
        standing.found(Pools.pool(SPEC), SECRET, version("7"));

        assertThat(standing.holds(Pools.pool(SPEC), SECRET, version("7"))).isTrue();
        assertThat(standing.holds(Pools.pool(SPEC), SECRET, version("8")))
                .as("somebody wrote to the Deployment")
                .isFalse();
        assertThat(standing.holds(Pools.pool(SPEC.replace("high", "low")), SECRET, version("7")))
                .as("another template")
                .isFalse();
        assertThat(standing.holds(Pools.pool(SPEC), rotated(), version("7")))
                .as("another Secret")
                .isFalse();
    }

    @Test
    void knowsNothingOfAPoolThatIsGoneOrOfADeploymentWithoutAVersion() {
        var pool = Pools.pool(SPEC);
        standing.found(pool, SECRET, version("7"));
        standing.forget(pool);
        assertThat(standing.holds(pool, SECRET, version("7"))).isFalse();

        standing.found(pool, SECRET, Pools.deployment(0, 1));
        assertThat(standing.holds(pool, SECRET, Pools.deployment(0, 1))).isFalse();
    }

    /// What somebody takes away must be put back however often all was found well before.
    @Test
    void aDeploymentThatSomebodyChangedIsMendedAfterAllWasFoundWell() {
        var journal = new Journal();
        var api = new FakeDeployments(journal);
        var deployments = new Deployments(new DesiredDeployment(Pools.YAML), new Drift(Pools.YAML), api);
        var pool = Pools.pool(SPEC);
        roll(deployments, pool, null);
        var well = at("1", api.find("default", "shop").orElseThrow());
        roll(deployments, pool, well);
        roll(deployments, pool, well);
        journal.clear();

        roll(
                deployments,
                pool,
                at("2", well.edit().editSpec().withPaused(true).endSpec().build()));

        assertThat(journal.lines()).containsExactly("apply shop");
    }

    private static void roll(Deployments deployments, TaskWorkerPool pool, @Nullable Deployment cached) {
        assertThat(deployments.roll(pool, FakeSecrets.USABLE, cached)).isEqualTo(new Rollout.Done());
    }

    private static BrokerSecret rotated() {
        return new BrokerSecret(
                SECRET.name(), "other", SECRET.access(), SECRET.amqp(), SECRET.workerUri(), SECRET.tlsKeys());
    }

    private static Deployment version(String version) {
        return at(version, Pools.deployment(0, 1));
    }

    private static Deployment at(String version, Deployment deployment) {
        return deployment
                .edit()
                .editMetadata()
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }
}
