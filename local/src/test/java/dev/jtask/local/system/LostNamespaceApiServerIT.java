package dev.jtask.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.Built;
import dev.jtask.local.kubernetes.api.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// An operator that watches a namespace which is gone, with the rights that went with it.
@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
class LostNamespaceApiServerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void keepsNoOtherFromBeingLookedAfter(@TempDir Path folder) throws IOException {
        try (var kubernetes = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
                var client = kubernetes.client()) {
            var checkout = Built.checkout(folder);
            Files.createDirectories(checkout.temporary());
            client.load(Files.newInputStream(checkout.crd())).serverSideApply();
            namespace(client, "kept");
            var account = Account.create(client, "kept");
            account.may(Account.all("*", "*"));
            var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), account.in(kubernetes.kubeconfig()));
            try (var operator = OperatorProcess.start(
                    checkout,
                    kubeconfig,
                    folder.resolve("operator.log"),
                    Map.of("JTASK_OPERATOR_NAMESPACES", "kept,gone"))) {
                pool(client);

                await("the status of a pool beside it").atMost(PATIENCE).until(() -> hasStatus(client));
                // or its upgrade would wait for it for ever
                operator.awaitReady();
                assertThat(operator.process().isAlive()).isTrue();
            }
        }
    }

    private static void namespace(KubernetesClient client, String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void pool(KubernetesClient client) {
        client.resource(client.getKubernetesSerialization().unmarshal("""
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: beside, namespace: kept}
            spec:
              image: registry.test/worker:1.0
              broker: {secretRef: {name: rabbitmq}}
              queues: [{name: beside}]
            """, TaskWorkerPool.class))
                .create();
    }

    private static boolean hasStatus(KubernetesClient client) {
        var pool = client.resources(TaskWorkerPool.class)
                .inNamespace("kept")
                .withName("beside")
                .get();
        return pool != null
                && pool.getStatus() != null
                && !pool.getStatus().conditions().isEmpty();
    }
}
