package dev.jtask.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.Built;
import dev.jtask.local.kubernetes.api.ApiRequest;
import dev.jtask.local.kubernetes.api.EmbeddedKubernetes;
import dev.jtask.local.kubernetes.api.KubernetesApi;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two operators as processes: whatever becomes of the one that leads, no two work at once and one works soon.
@RabbitMqTest
class LeadershipIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String uri;

    private KubernetesApi kubernetes;
    private KubernetesClient client;
    private Relay relay;
    private OperatorProcess one;
    private OperatorProcess two;

    @TempDir
    Path folder;

    LeadershipIT(RabbitMqNode broker) {
        this.uri = broker.amqpUri();
    }

    @BeforeEach
    void start() throws IOException {
        kubernetes = KubernetesApi.start(folder.resolve("kubernetes"));
        client = kubernetes.client();
        var checkout = Built.checkout(folder);
        Files.createDirectories(checkout.temporary());
        client.load(Files.newInputStream(checkout.crd())).serverSideApply();
        Deployed.secret(client, uri);
        var api = URI.create(kubernetes.url());
        relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), api.getPort());
        var kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"), kubernetes.kubeconfig().replace(":" + api.getPort(), ":" + relay.port()));
        one = operator(checkout, kubeconfig, "one");
        await("the first leader").atMost(PATIENCE).until(() -> leader().equals("one"));
        two = operator(checkout, kubeconfig, "two");
        two.awaitReady();
    }

    @AfterEach
    void stop() throws IOException {
        signal("CONT");
        two.close();
        one.close();
        relay.close();
        client.close();
        kubernetes.close();
    }

    @Test
    void aLeaderThatWasStoppedDoesNothingMoreAndEnds() throws IOException {
        pool("before");
        awaitDeployment("before");
        awaitQuiet();

        signal("STOP");
        await("another leader").atMost(PATIENCE).until(() -> leader().equals("two"));
        pool("while-stopped");
        awaitDeployment("while-stopped");
        var written = writesOf("one");
        signal("CONT");

        await("the old leader's end")
                .atMost(PATIENCE)
                .until(() -> !one.process().isAlive());
        assertThat(one.process().exitValue()).isEqualTo(1);
        assertThat(writesOf("one")).isEqualTo(written);
        assertThat(leader()).isEqualTo("two");
    }

    @Test
    void anApiServerThatIsAwayForHalfAMinuteLeavesOneOperatorThatWorks() {
        pool("before");
        awaitDeployment("before");

        relay.hold();
        await("the leader's end").atMost(PATIENCE).until(() -> !one.process().isAlive());
        await("half a minute")
                .pollDelay(Duration.ofSeconds(20))
                .atMost(PATIENCE)
                .until(() -> true);
        relay.release();

        await("another leader").atMost(PATIENCE).until(() -> leader().equals("two"));
        var renewed = lease().orElseThrow().getRenewTime();
        await("that renews")
                .atMost(PATIENCE)
                .until(() -> lease().orElseThrow().getRenewTime().isAfter(renewed));
        pool("after");
        awaitDeployment("after");
        assertThat(two.process().isAlive()).isTrue();
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

    /// To the operator that led first.
    private void signal(String name) throws IOException {
        if (one.process().isAlive()) {
            var kill = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(one.process().pid()))
                    .start();
            assertThat(kill.onExit().join().exitValue()).isZero();
        }
    }

    private void pool(String name) {
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

    private void awaitDeployment(String name) {
        await("Deployment " + name)
                .atMost(PATIENCE)
                .until(() -> client.apps()
                                .deployments()
                                .inNamespace("default")
                                .withName(name)
                                .get()
                        != null);
    }

    /// What is on its way when a process is stopped arrives all the same; no lease calls it back.
    private void awaitQuiet() {
        var before = new AtomicReference<>(List.<ApiRequest>of());
        await("the leader has written what there was")
                .pollInterval(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> {
                    var now = writesOf("one").stream()
                            .filter(request -> !request.path().contains("/leases/"))
                            .toList();
                    return now.equals(before.getAndSet(now));
                });
    }

    private Optional<LeaseSpec> lease() {
        return Optional.ofNullable(client.leases()
                        .inNamespace("default")
                        .withName("jtask-operator")
                        .get())
                .map(lease -> lease.getSpec());
    }

    private String leader() {
        return lease().map(LeaseSpec::getHolderIdentity).orElse("").replaceAll("_.*", "");
    }

    /// What an operator wrote so far; only the embedded API knows.
    /// But for its lease: whoever was stopped may ask for that once more, and is refused.
    private List<ApiRequest> writesOf(String operator) {
        return kubernetes instanceof EmbeddedKubernetes embedded
                ? embedded.requests().stream()
                        .filter(request -> request.userAgent().equals(operator)
                                && !request.method().equals("GET")
                                && !(request.path().contains("/leases/") && request.status() >= 400))
                        .toList()
                : List.of();
    }
}
