package dev.jtask.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.Built;
import dev.jtask.local.kubernetes.api.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// An operator that may not read Secrets until somebody corrects its Role, and whose Role is then spoiled again.
@EnabledIfEnvironmentVariable(
        named = KubeApiServer.ASSETS,
        matches = ".+",
        disabledReason = "needs the folder of kube-apiserver and etcd")
class LostRightsApiServerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Within which the SDK has made its five tries.
    private static final Duration FIVE_TRIES = Duration.ofSeconds(15);

    private static final PolicyRule POOLS = Account.all("jtask.dev", "*");
    private static final PolicyRule DEPLOYMENTS = Account.all("apps", "*");
    private static final PolicyRule PODS = Account.all("", "pods", "events");
    private static final PolicyRule SECRETS = Account.all("", "secrets");

    @Test
    void servesItsPoolOnceItMayAndSaysAllAlongWhatItMayNot(@TempDir Path folder) throws IOException {
        try (var kubernetes = KubeApiServer.start(KubeApiServer.assets().orElseThrow(), folder.resolve("kubernetes"));
                var client = kubernetes.client()) {
            var checkout = Built.checkout(folder);
            Files.createDirectories(checkout.temporary());
            client.load(Files.newInputStream(checkout.crd())).serverSideApply();
            Deployed.secret(client, "amqp://guest:guest@127.0.0.1:1/");
            var account = Account.create(client, "default");
            account.may(POOLS, DEPLOYMENTS, PODS);
            var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), account.in(kubernetes.kubeconfig()));
            try (var operator = OperatorProcess.start(
                    checkout,
                    kubeconfig,
                    folder.resolve("operator.log"),
                    Map.of("JTASK_OPERATOR_NAMESPACES", "default", "JTASK_OPERATOR_SECRET_REFRESH", "2s"))) {
                pool(client);
                await("that it may not").atMost(PATIENCE).until(() -> isUnreadable(client));
                assertThat(ready(client).orElseThrow().getMessage())
                        .contains("may not read Secret rabbitmq", "HTTP 403");
                await("as many tries as the SDK has")
                        .pollDelay(FIVE_TRIES)
                        .atMost(PATIENCE)
                        .until(() -> deployment(client).isEmpty());

                account.may(POOLS, DEPLOYMENTS, PODS, SECRETS);
                await("the Deployment")
                        .atMost(PATIENCE)
                        .until(() -> deployment(client).isPresent());
                await("that it may").atMost(PATIENCE).until(() -> !isUnreadable(client));

                account.may(POOLS, DEPLOYMENTS, PODS);
                await("that it may no more").atMost(PATIENCE).until(() -> isUnreadable(client));
                assertThat(deployment(client)).as("what runs goes on").isPresent();

                account.may(POOLS, DEPLOYMENTS, PODS, SECRETS);
                await("that it may again").atMost(PATIENCE).until(() -> !isUnreadable(client));
                assertThat(operator.process().isAlive()).isTrue();
            }
        }
    }

    private static boolean isUnreadable(KubernetesClient client) {
        return ready(client)
                .filter(ready -> ready.getReason().equals("SecretUnreadable"))
                .isPresent();
    }

    private static Optional<Condition> ready(KubernetesClient client) {
        return Optional.ofNullable(client.resources(TaskWorkerPool.class)
                        .inNamespace("default")
                        .withName("shop")
                        .get())
                .map(TaskWorkerPool::getStatus)
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> condition.getType().equals(Conditions.READY))
                        .findFirst());
    }

    private static Optional<Deployment> deployment(KubernetesClient client) {
        return Optional.ofNullable(client.apps()
                .deployments()
                .inNamespace("default")
                .withName("shop")
                .get());
    }

    private static void pool(KubernetesClient client) {
        client.resource(client.getKubernetesSerialization().unmarshal("""
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: shop, namespace: default}
            spec:
              image: registry.test/worker:1.0
              broker: {secretRef: {name: rabbitmq}}
              queues: [{name: shop}]
            """, TaskWorkerPool.class))
                .create();
    }
}
