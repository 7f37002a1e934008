package dev.jtask.local.system;

import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.crds.v1alpha1.TaskWorkerPoolStatus;
import dev.jtask.local.Built;
import dev.jtask.local.kubernetes.api.ApiRequest;
import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.local.kubernetes.api.KubeApiServer;
import dev.jtask.local.kubernetes.api.KubernetesApi;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.Relay;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/// Two operators as processes that stand for election at one Kubernetes API; the first leads, and reaches the API by a
/// relay that can be held.
final class TwoOperators implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int LOG_LINES = 60;

    private final Path folder;
    private final KubernetesApi kubernetes;
    private final KubernetesClient client;
    private final Relay relay;
    private final OperatorProcess one;
    private final OperatorProcess two;

    TwoOperators(Path folder, RabbitMqNode broker) throws IOException {
        this.folder = folder;
        kubernetes = KubernetesApi.start(folder.resolve("kubernetes"));
        client = kubernetes.client();
        var checkout = Built.checkout(folder);
        Files.createDirectories(checkout.temporary());
        client.load(Files.newInputStream(checkout.crd())).serverSideApply();
        Deployed.secret(client, Map.of("uri", broker.amqpUri(), "managementUri", broker.managementUri()));
        var api = URI.create(kubernetes.url());
        relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), api.getPort());
        var kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"), kubernetes.kubeconfig().replace(":" + api.getPort(), ":" + relay.port()));
        one = operator(checkout, kubeconfig, "one");
        await("the first leader").atMost(PATIENCE).until(() -> leader().equals("one"));
        two = operator(checkout, kubeconfig, "two");
        two.awaitReady();
    }

    OperatorProcess first() {
        return one;
    }

    OperatorProcess second() {
        return two;
    }

    /// Between the operators and the API.
    Relay relay() {
        return relay;
    }

    @Override
    public void close() throws IOException {
        two.close();
        one.close();
        relay.close();
        client.close();
        kubernetes.close();
    }

    private OperatorProcess operator(Checkout checkout, Path kubeconfig, String name) {
        return OperatorProcess.start(
                checkout,
                kubeconfig,
                folder.resolve(name + ".log"),
                Map.of(
                        "HOSTNAME",
                        name,
                        "KUBERNETES_USER_AGENT",
                        name,
                        "JTASK_OPERATOR_LEADER_ELECTION_ENABLED",
                        "true",
                        "JTASK_OPERATOR_LEADER_ELECTION_LEASE_NAMESPACE",
                        "default"));
    }

    void pool(String name) {
        client.resource(client.getKubernetesSerialization().unmarshal("""
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: %1$s, namespace: default}
            spec:
              image: registry.test/worker:1.0
              broker: {secretRef: {name: rabbitmq}}
              queues: [{name: %1$s, declare: {type: classic}}]
            """.formatted(name), TaskWorkerPool.class))
                .create();
    }

    /// @throws AssertionError with the end of both operators' logs when there is none
    void awaitDeployment(String name) {
        try {
            await("Deployment " + name)
                    .atMost(PATIENCE)
                    .until(() -> client.apps()
                                    .deployments()
                                    .inNamespace("default")
                                    .withName(name)
                                    .get()
                            != null);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "%s%nlease: %s%none, %s%ntwo, %s"
                            .formatted(e.getMessage(), lease(), last(one, "one"), last(two, "two")),
                    e);
        }
    }

    private String last(OperatorProcess operator, String name) {
        try {
            var lines = Files.readAllLines(folder.resolve(name + ".log"));
            return "%s, its log ends with:%n%s"
                    .formatted(
                            operator.process().isAlive() ? "running" : "ended",
                            String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())));
        } catch (IOException e) {
            return e.toString();
        }
    }

    Optional<LeaseSpec> lease() {
        return Optional.ofNullable(client.leases()
                        .inNamespace("default")
                        .withName("jtask-operator")
                        .get())
                .map(lease -> lease.getSpec());
    }

    String leader() {
        return lease().map(LeaseSpec::getHolderIdentity).orElse("").replaceAll("_.*", "");
    }

    /// What an operator wrote so far, but for its lease: whoever was stopped may ask for that once more, and is
    /// refused.
    List<ApiRequest> writesOf(String operator) {
        var requests = switch (kubernetes) {
            case EmbeddedKubernetes embedded -> embedded.requests();
            case KubeApiServer server -> server.writes();
        };
        return requests.stream()
                .filter(request -> request.userAgent().equals(operator)
                        && !request.method().equals("GET")
                        && !(request.path().contains("/leases/") && request.status() >= 400))
                .toList();
    }

    Optional<TaskWorkerPoolStatus> status(String pool) {
        return Optional.ofNullable(client.resources(TaskWorkerPool.class)
                        .inNamespace("default")
                        .withName(pool)
                        .get())
                .map(TaskWorkerPool::getStatus);
    }
}
