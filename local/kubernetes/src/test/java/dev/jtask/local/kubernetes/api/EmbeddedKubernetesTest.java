package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedKubernetesTest {

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final KubernetesClient client = kubernetes.client();

    @BeforeEach
    void create() {
        apply(deployment("worker:1", "A", "1"), "operator");
    }

    @AfterEach
    void close() {
        client.close();
        kubernetes.close();
    }

    @Test
    void appliesWhatIsNotThereYet() {
        assertThat(read().getMetadata().getUid()).isNotBlank();
        assertThat(read().getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void keepsWhatAnotherManagerSetAndRemovesWhatIsNoLongerApplied() {
        client.apps().deployments().inNamespace("default").withName("d").scale(3);
        apply(deployment("worker:2", "B", "2"), "operator");

        var spec = read().getSpec();
        assertThat(spec.getReplicas()).isEqualTo(3);
        var container = spec.getTemplate().getSpec().getContainers().getFirst();
        assertThat(container.getImage()).isEqualTo("worker:2");
        assertThat(container.getEnv()).extracting(EnvVar::getName).containsExactly("B");
    }

    @Test
    void keepsWhatAnotherManagerAppliesAsWell() {
        var three = deployment("worker:1", "A", "1")
                .edit()
                .editSpec()
                .withReplicas(3)
                .endSpec()
                .build();
        apply(three, "operator");
        apply(three, "scaler");
        apply(deployment("worker:2", "A", "1"), "operator");

        assertThat(read().getSpec().getReplicas()).isEqualTo(3);

        apply(deployment("worker:2", "A", "1"), "scaler");
        assertThat(read().getSpec().getReplicas()).isNull();
    }

    @Test
    void failsWhereItIsToldTo() {
        kubernetes.failing(request -> request.method().equals("PATCH"));

        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> apply(deployment("worker:2", "A", "1"), "operator"))
                .returns(500, KubernetesClientException::getCode);
        assertThat(read().getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("worker:1");
        assertThat(kubernetes.requests()).anyMatch(request -> request.status() == 500);

        kubernetes.failing(request -> false);
        apply(deployment("worker:2", "A", "1"), "operator");
    }

    @Test
    void writesNothingWhenNothingChanges() {
        var before = read().getMetadata().getResourceVersion();
        apply(deployment("worker:1", "A", "1"), "operator");

        assertThat(read().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void aMergePatchRemovesAKeyWithNull() {
        client.pods()
                .inNamespace("default")
                .resource(pod("p", Map.of("keep", "1", "drop", "2")))
                .create();
        client.pods()
                .inNamespace("default")
                .withName("p")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"drop\":null,\"more\":\"3\"}}}");

        assertThat(client.pods()
                        .inNamespace("default")
                        .withName("p")
                        .get()
                        .getMetadata()
                        .getLabels())
                .isEqualTo(Map.of("keep", "1", "more", "3"));
    }

    @Test
    void deletesWhatADeletedObjectOwned() {
        var pod = pod("owned", Map.of());
        pod.getMetadata().getOwnerReferences().add(owner(read()));
        client.pods().inNamespace("default").resource(pod).create();
        client.pods().inNamespace("default").resource(pod("free", Map.of())).create();

        client.apps().deployments().inNamespace("default").withName("d").delete();

        Awaitility.await("owned pod is collected")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        client.pods().inNamespace("default").list().getItems().size() == 1);
    }

    @Test
    void aFinalizerHoldsADeletedObjectUntilItIsRemoved() throws Exception {
        var held = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("held")
                .withNamespace("default")
                .addToFinalizers("jtask.dev/test")
                .endMetadata()
                .build();
        client.resource(held).create();
        var marked = new CountDownLatch(1);
        try (var _ = client.configMaps().inNamespace("default").inform(new Handler(marked))) {
            client.resource(held).delete();
            assertThat(marked.await(60, TimeUnit.SECONDS)).isTrue();
        }

        client.configMaps().inNamespace("default").withName("held").edit(found -> {
            found.getMetadata().getFinalizers().clear();
            return found;
        });

        assertThat(client.configMaps().inNamespace("default").withName("held").get())
                .isNull();
    }

    private record Handler(CountDownLatch marked) implements ResourceEventHandler<ConfigMap> {

        @Override
        public void onAdd(ConfigMap object) {}

        @Override
        public void onUpdate(ConfigMap before, ConfigMap after) {
            if (after.isMarkedForDeletion()) {
                marked.countDown();
            }
        }

        @Override
        public void onDelete(ConfigMap object, boolean unknown) {}
    }

    @Test
    void statusAndSpecAreWrittenApart() {
        var seen = read();
        seen.getStatus().setReadyReplicas(2);
        client.resource(seen).updateStatus();
        apply(deployment("worker:1", "A", "9"), "operator");

        assertThat(read().getStatus().getReadyReplicas()).isEqualTo(2);
    }

    @Test
    void informersSeeChanges() {
        try (var informer = client.configMaps().inNamespace("default").inform()) {
            client.configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("c")
                            .endMetadata()
                            .build())
                    .create();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> informer.getStore().list().size() == 1);
        }
    }

    private Deployment read() {
        return client.apps().deployments().inNamespace("default").withName("d").get();
    }

    private void apply(Deployment deployment, String manager) {
        client.resource(deployment).fieldManager(manager).forceConflicts().serverSideApply();
    }

    private static Deployment deployment(String image, String variable, String value) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("d")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("worker")
                .withImage(image)
                .addNewEnv()
                .withName(variable)
                .withValue(value)
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .endStatus()
                .build();
    }

    private static Pod pod(String name, Map<String, String> labels) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private static OwnerReference owner(Deployment deployment) {
        var owner = new OwnerReference();
        owner.setApiVersion("apps/v1");
        owner.setKind("Deployment");
        owner.setName(deployment.getMetadata().getName());
        owner.setUid(deployment.getMetadata().getUid());
        return owner;
    }
}
