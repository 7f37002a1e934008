package dev.jtask.operator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.operator.fake.FakeDeployments;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Journal;
import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.secret.SecretReading;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentsTest {

    private static final String QUEUES = "queues: [{name: orders}]\n";

    private final Journal journal = new Journal();
    private final FakeDeployments api = new FakeDeployments(journal);
    private final Deployments deployments =
            new Deployments(new DesiredDeployment(Pools.YAML), new Drift(Pools.YAML), api);

    @Test
    void createsWithTheFewestReplicasAndThenOwnsThem() {
        var rollout = roll(Pools.pool(QUEUES + "scaling: {minReplicas: 2}"), null);

        assertThat(rollout).isEqualTo(new Rollout.Done());
        assertThat(journal.lines()).containsExactly("apply shop with 2", "scale shop to 2");
    }

    @Test
    void createsWithTheNumberThatSomebodySetWhenScalingIsOff() {
        roll(Pools.pool(QUEUES + "replicas: 3\nscaling: {mode: \"Off\", minReplicas: 1}"), null);

        assertThat(journal.lines()).containsExactly("apply shop with 3", "scale shop to 3");
    }

    @Test
    void writesNothingWhenNothingChanged() {
        var pool = Pools.pool(QUEUES);
        roll(pool, null);
        journal.clear();

        assertThat(roll(pool, current())).isEqualTo(new Rollout.Done());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void appliesAChangeWithoutAWordAboutReplicas() {
        roll(Pools.pool(QUEUES), null);
        var running = api.scale(current(), 4);
        journal.clear();

        roll(Pools.pool(QUEUES + "concurrency: 2"), running);

        assertThat(journal.lines()).containsExactly("apply shop");
        assertThat(current().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void writesNothingWhileReconciliationIsPaused() {
        var pool = Pools.pool(QUEUES);
        pool.getMetadata().setAnnotations(Map.of("jtask.dev/pause-reconciliation", "true"));

        assertThat(roll(pool, null)).isEqualTo(new Rollout.Paused());
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void putsRightWhatSomebodyElseChanged() {
        var pool = Pools.pool(QUEUES);
        roll(pool, null);
        var changed = current()
                .edit()
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("somebody/elses:2")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        journal.clear();

        roll(pool, changed);

        assertThat(journal.lines()).containsExactly("apply shop");
    }

    @Test
    void asksKubernetesBeforeItCreatesWhatTheCacheDoesNotShow() {
        var pool = Pools.pool(QUEUES);
        roll(pool, null);
        journal.clear();

        roll(pool, null);

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void leavesADeploymentOfSomebodyElseAlone() {
        api.put(Pools.deployment(1, 1)
                .edit()
                .editMetadata()
                .editFirstOwnerReference()
                .withUid("u-9")
                .endOwnerReference()
                .endMetadata()
                .build());

        assertThat(roll(Pools.pool(QUEUES), null))
                .isEqualTo(new Rollout.Rejected(
                        "DeploymentConflict",
                        "a Deployment shop that is not this pool's exists; delete it or give the pool another name"));
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void waitsForTheDeploymentOfThePoolThatHadTheNameBefore() {
        api.put(Pools.deployment(1, 1)
                .edit()
                .editMetadata()
                .editFirstOwnerReference()
                .withKind("TaskWorkerPool")
                .withName("shop")
                .withUid("u-9")
                .endOwnerReference()
                .endMetadata()
                .build());

        assertThat(roll(Pools.pool(QUEUES), null))
                .isEqualTo(
                        new Rollout.Ending(
                                "the Deployment shop of the pool that had this name before is still there; it goes with that pool, and this one gets its own then"));
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void saysWhatADeploymentThatIsBeingDeletedWaitsForAndChangesNothingOfIt() {
        roll(Pools.pool(QUEUES), null);
        var ending = current()
                .edit()
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .withFinalizers("foregroundDeletion")
                .endMetadata()
                .build();
        journal.clear();

        var rollout = roll(Pools.pool(QUEUES + "concurrency: 2"), ending);

        assertThat(rollout)
                .isInstanceOfSatisfying(
                        Rollout.Ending.class,
                        told -> assertThat(told.message())
                                .startsWith("the Deployment shop is being deleted")
                                .contains("kubectl patch deployment shop -n default --type=json"));
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void takesTheReplicasThatNobodyOwnsBeforeItApplies() {
        roll(Pools.pool(QUEUES), null);
        var unclaimed = api.put(current()
                .edit()
                .editMetadata()
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager(Labels.OPERATOR)
                        .build())
                .endMetadata()
                .editSpec()
                .withReplicas(2)
                .endSpec()
                .build());
        journal.clear();

        roll(Pools.pool(QUEUES + "concurrency: 2"), unclaimed);

        assertThat(journal.lines()).containsExactly("scale shop to 2", "apply shop");
    }

    @Test
    void doesNotTakeReplicasTwice() {
        roll(Pools.pool(QUEUES), null);
        var claimed = current()
                .edit()
                .editMetadata()
                .withManagedFields(
                        new ManagedFieldsEntryBuilder()
                                .withManager(Labels.OPERATOR)
                                .build(),
                        new ManagedFieldsEntryBuilder()
                                .withManager(Labels.SCALER)
                                .build())
                .endMetadata()
                .build();
        journal.clear();

        roll(Pools.pool(QUEUES), claimed);

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void leavesWhatRunsAloneWhileTheSecretIsOfNoUse() {
        assertThat(deployments.roll(Pools.pool(QUEUES), new SecretReading.Missing("no Secret"), null))
                .isEqualTo(new Rollout.Held());
        assertThat(deployments.roll(Pools.pool(QUEUES), new SecretReading.Invalid("no uri"), null))
                .isEqualTo(new Rollout.Held());

        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithATemplateThatIsNone() {
        var rollout = roll(Pools.pool(QUEUES + "template: {spec: {containers: {name: worker}}}"), null);

        assertThat(rollout).isInstanceOfSatisfying(Rollout.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("TemplateInvalid");
            assertThat(rejected.message()).startsWith("spec.template is not a pod template");
        });
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void namesTheQuantityThatTheApiServerDoesNotName() {
        var none = "quantities must match the regular expression";
        api.failWith(new KubernetesClientException(
                "Failure executing: PATCH",
                400,
                new StatusBuilder().withMessage(none).build()));

        var rollout = roll(Pools.pool(QUEUES + """
            template:
              spec:
                containers: [{name: worker, resources: {limits: {memory: lots, cpu: "1"}}}]
                volumes: [{name: cache, emptyDir: {sizeLimit: some}}]
            """), null);

        assertThat(rollout)
                .isEqualTo(
                        new Rollout.Rejected(
                                "DeploymentRejected",
                                "Kubernetes refused the Deployment; correct spec.template: " + none
                                        + "; no quantity is containers[worker].resources.limits.memory: lots, volumes[cache].emptyDir.sizeLimit: some"));
    }

    @Test
    void aTemplateThatTakesThePodAwayIsTold() {
        api.failWith(new KubernetesClientException(
                "Failure executing: PATCH",
                422,
                new StatusBuilder()
                        .withMessage("spec.template.spec: Required value")
                        .build()));

        assertThat(roll(Pools.pool(QUEUES + "template: {spec: null}"), null))
                .isInstanceOfSatisfying(
                        Rollout.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo("TemplateInvalid"));
    }

    @ParameterizedTest
    @CsvSource({"413, Request entity too large: limit is 3145728", "500, etcdserver: request is too large"})
    void aDeploymentThatIsTooLargeIsNotTriedForEver(int code, String words) {
        api.failWith(new KubernetesClientException(
                "Failure executing: PATCH",
                code,
                new StatusBuilder().withMessage(words).build()));

        assertThat(roll(Pools.pool(QUEUES), null))
                .isEqualTo(new Rollout.Rejected(
                        "DeploymentRejected",
                        "Kubernetes refused the Deployment as too large; shorten spec.template: " + words));
    }

    /// As a HorizontalPodAutoscaler writes.
    @Test
    void doesNotWriteOverReplicasThatSomebodySetMeanwhile() {
        roll(Pools.pool(QUEUES), null);
        var read = sized("7", 2, Labels.OPERATOR);
        api.put(sized("8", 9, Labels.OPERATOR));
        journal.clear();

        assertThat(roll(Pools.pool(QUEUES + "concurrency: 2"), read)).isEqualTo(new Rollout.Done());

        assertThat(journal.lines()).containsExactly("scale shop to 9", "apply shop");
        assertThat(current().getSpec().getReplicas()).isEqualTo(9);
    }

    @Test
    void leavesReplicasThatTheScalerTookMeanwhile() {
        roll(Pools.pool(QUEUES), null);
        var read = sized("7", 2, Labels.OPERATOR);
        api.put(sized("8", 9, Labels.SCALER));
        journal.clear();

        roll(Pools.pool(QUEUES), read);

        assertThat(journal.lines()).doesNotContain("scale shop to 2");
        assertThat(current().getSpec().getReplicas()).isEqualTo(9);
    }

    private Deployment sized(String version, int replicas, String manager) {
        return current()
                .edit()
                .editMetadata()
                .withResourceVersion(version)
                .withManagedFields(
                        new ManagedFieldsEntryBuilder().withManager(manager).build())
                .endMetadata()
                .editSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    @Test
    void tellsInKubernetesWordsWhatItRefused() {
        api.failWith(new KubernetesClientException(
                "Failure executing: PATCH",
                422,
                new StatusBuilder()
                        .withMessage("containers[0].image: Required value")
                        .build()));

        assertThat(roll(Pools.pool(QUEUES), null))
                .isEqualTo(
                        new Rollout.Rejected(
                                "DeploymentRejected",
                                "Kubernetes refused the Deployment; correct spec.template: containers[0].image: Required value"));
    }

    /// As of one key twice in a list, of which a dry run says nothing.
    @Test
    void whatTheApiServerCannotPutTogetherIsRefusedThoughItSays500() {
        var words =
                "failed to create typed patch object (default/shop; apps/v1, Kind=Deployment): .spec.template.spec.imagePullSecrets: duplicate entries for key [name=\"a\"]";
        api.failWith(new KubernetesClientException(
                "Failure executing: PATCH",
                500,
                new StatusBuilder().withMessage(words).build()));

        assertThat(roll(Pools.pool(QUEUES), null))
                .isEqualTo(new Rollout.Rejected(
                        "DeploymentRejected", "Kubernetes refused the Deployment; correct spec.template: " + words));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 404, 409, 429, 500, 503})
    void tellsWhatMayPassAndIsToBeTriedAgain(int code) {
        api.failWith(new KubernetesClientException("later", code, null));

        assertThat(roll(Pools.pool(QUEUES), null))
                .isInstanceOfSatisfying(
                        Rollout.Failed.class,
                        failed -> assertThat(failed.message()).contains("HTTP " + code, "later", "tried again"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void doesNotBlameTheTemplateForARoleOrAPolicy(int code) {
        api.failWith(new KubernetesClientException("exceeded quota: small", code, null));

        assertThat(roll(Pools.pool(QUEUES), null)).isInstanceOfSatisfying(Rollout.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo("DeploymentForbidden");
            assertThat(rejected.message())
                    .contains("Role", "exceeded quota: small")
                    .doesNotContain("spec.template");
        });
    }

    private Rollout roll(TaskWorkerPool pool, @Nullable Deployment cached) {
        return deployments.roll(pool, FakeSecrets.USABLE, cached);
    }

    private Deployment current() {
        return api.find("default", "shop").orElseThrow();
    }
}
