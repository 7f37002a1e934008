package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A Deployment that somebody deletes comes back as large as it was: nothing may correct it for as long as a pause.
class LastSizeTest {

    private static final String QUEUES = "queues: [{name: orders}]\n";

    private final Journal journal = new Journal();
    private final FakeDeployments api = new FakeDeployments(journal);
    private final Deployments deployments =
            new Deployments(new DesiredDeployment(Pools.YAML), new Drift(Pools.YAML), api);

    /// In mode Recommend the desired number is advice.
    @ParameterizedTest
    @CsvSource({"'{paused: true}', 6", "'{mode: \"Off\"}', 6", "'{mode: Auto}', 6", "'{mode: Recommend}', 4"})
    void aNewOperatorTakesItFromTheStatus(String scaling, int size) {
        create(shown(QUEUES + "scaling: " + scaling));

        assertThat(journal.lines()).containsExactly("apply shop with " + size, "scale shop to " + size);
    }

    @Test
    void whereTheSizeIsOnlyRecommendedTheDeploymentsIsTold() {
        var pool = shown(QUEUES + "scaling: {mode: Recommend}");
        pool.setStatus(Pools.YAML.unmarshal(
                "replicas: 0\nscaling: {desiredReplicas: 9, deployedReplicas: 6, reason: Idle, message: because}",
                TaskWorkerPoolStatus.class));

        create(pool);

        assertThat(journal.lines()).startsWith("apply shop with 6");
    }

    @Test
    void aPoolThatWasNotScaledYetHasWhatThePodsThatExistTell() {
        var pool = shown(QUEUES);
        pool.setStatus(Pools.YAML.unmarshal("replicas: 4", TaskWorkerPoolStatus.class));

        create(pool);

        assertThat(journal.lines()).startsWith("apply shop with 4");
    }

    @Test
    void neverFewerThanTheSpecAsks() {
        create(shown(QUEUES + "scaling: {minReplicas: 9}"));

        assertThat(journal.lines()).startsWith("apply shop with 9");
    }

    @Test
    void whoeverSetsSpecReplicasDecides() {
        create(shown(QUEUES + "replicas: 3\nscaling: {mode: \"Off\"}"));

        assertThat(journal.lines()).startsWith("apply shop with 3");
    }

    @Test
    void whatWasSeenLastIsNewerThanAnyStatus() {
        var pool = shown(QUEUES + "scaling: {paused: true}");
        create(pool);
        var resized = api.scale(api.find("default", "shop").orElseThrow(), 8);
        deployments.roll(pool, FakeSecrets.USABLE, resized);
        api.delete(resized);
        journal.clear();

        create(pool);

        assertThat(journal.lines()).startsWith("apply shop with 8");
    }

    @Test
    void aChangeMakesNoneOfOneThatHasJustGone() {
        var pool = shown(QUEUES + "scaling: {paused: true}");
        create(pool);
        var gone = api.find("default", "shop").orElseThrow();
        api.delete(gone);
        var changed = shown(QUEUES + "scaling: {paused: true}\nconcurrency: 2");

        assertThat(deployments.roll(changed, FakeSecrets.USABLE, gone)).isInstanceOf(Rollout.Failed.class);
        assertThat(api.find("default", "shop")).isEmpty();
        journal.clear();

        create(changed);
        assertThat(journal.lines()).containsExactly("apply shop with 6", "scale shop to 6");
    }

    @Test
    void aNamesakeBeginsAnew() {
        var pool = shown(QUEUES);
        create(pool);
        var running = api.find("default", "shop").orElseThrow();
        deployments.roll(pool, FakeSecrets.USABLE, running);
        api.delete(running);
        journal.clear();
        var namesake = Pools.pool(QUEUES);
        namesake.getMetadata().setUid("u-2");

        create(namesake);

        assertThat(journal.lines()).startsWith("apply shop with 0");
    }

    private void create(TaskWorkerPool pool) {
        assertThat(deployments.roll(pool, FakeSecrets.USABLE, null)).isEqualTo(new Rollout.Done());
    }

    /// As a pool of six pods, of which four exist.
    private static TaskWorkerPool shown(String spec) {
        var pool = Pools.pool(spec);
        pool.setStatus(Pools.YAML.unmarshal(
                "replicas: 4\nscaling: {desiredReplicas: 6, reason: Paused, message: because}",
                TaskWorkerPoolStatus.class));
        return pool;
    }
}
