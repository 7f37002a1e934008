package dev.jtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The README's way with Kubernetes: install the chart, apply the quickstart's pool, send work, watch pods come and go.
///
/// The cluster needs the images of `make image`; `JTASK_E2E_HOST` is this machine's address as pods see it.
class PoolE2E {

    private static final String NAMESPACE = "jtask-e2e";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Kubectl kubectl = new Kubectl(NAMESPACE);
    private final RabbitMqNode broker = RabbitMqNode.start();
    private final Relay amqp;
    private final Relay management;

    PoolE2E() throws IOException {
        var host = Objects.requireNonNull(System.getenv("JTASK_E2E_HOST"), "set JTASK_E2E_HOST");
        amqp = open(host, broker.amqpPort());
        management = open(host, URI.create(broker.managementUri()).getPort());
    }

    /// Lets pods reach the broker, which stays on loopback.
    private static Relay open(String host, int loopbackPort) throws IOException {
        return Relay.start(new ServerSocket(0, 50, InetAddress.getByName(host)), loopbackPort);
    }

    @BeforeEach
    void install() {
        kubectl.run("create", "namespace", NAMESPACE);
        kubectl.run("label", "namespace", NAMESPACE, "pod-security.kubernetes.io/enforce=restricted");
        var _ = new Helm(Path.of("../helm/jtask"))
                .install()
                .withName("jtask")
                .withNamespace(NAMESPACE)
                .set("operator.tick", "1s")
                .waitReady()
                .withTimeout(120)
                .call();
        var host = System.getenv("JTASK_E2E_HOST");
        kubectl.run(
                "create",
                "secret",
                "generic",
                "rabbitmq",
                "--from-literal=uri=amqp://guest:guest@%s:%d".formatted(host, amqp.port()),
                "--from-literal=managementUri=http://%s:%d".formatted(host, management.port()));
    }

    @AfterEach
    void uninstall() throws IOException {
        kubectl.run("delete", "twp", "--all");
        var _ = Helm.uninstall("jtask").withNamespace(NAMESPACE).call();
        kubectl.run("delete", "namespace", NAMESPACE);
        amqp.close();
        management.close();
        broker.close();
    }

    @Test
    void aPoolDrainsItsQueueAndDisappearsAgain() {
        kubectl.run("apply", "-f", "../examples/quickstart/workerpool.yaml");
        await("the queue is declared")
                .atMost(PATIENCE)
                .until(() -> broker.view().exists("thumbnails"));
        show("after apply");

        try (var client = TaskClient.connect(broker.amqpUri())) {
            var sums = new ArrayList<TaskHandle<JsonNode>>();
            for (int i = 0; i < 500; i++) {
                sums.add(client.send(TaskRequest.of("tasks.add", i, 1).queue("thumbnails")));
            }
            await("backlog and desired replicas are shown")
                    .atMost(PATIENCE)
                    .until(() -> number(".status.backlog") > 0 && number(".status.scaling.desiredReplicas") > 0);
            show("with a backlog");
            await("the Deployment follows")
                    .atMost(PATIENCE)
                    .until(() -> !kubectl.field("deployment/thumbnails", ".status.readyReplicas")
                            .isEmpty());
            show("with workers");
            for (int i = 0; i < sums.size(); i++) {
                assertThat(sums.get(i).get(PATIENCE).asInt()).isEqualTo(i + 1);
            }
        }
        await("the pool is empty again")
                .atMost(PATIENCE)
                .until(() -> kubectl.field("deployment/thumbnails", ".spec.replicas")
                                .equals("0")
                        && kubectl.run("get", "pods", "-l", "app.kubernetes.io/instance=thumbnails", "-o", "name")
                                .isEmpty());
        show("drained");
        System.out.println(kubectl.run("get", "events", "--field-selector", "involvedObject.kind=TaskWorkerPool"));

        kubectl.run("delete", "twp", "thumbnails");
        await("the Deployment goes")
                .atMost(PATIENCE)
                .until(() ->
                        kubectl.field("deployment/thumbnails", ".metadata.name").isEmpty());
        assertThat(broker.view().exists("thumbnails")).isTrue();
    }

    @Test
    void whenTheOperatorDiesAnotherGoesOn() {
        kubectl.run("scale", "deployment/jtask", "--replicas=2");
        await("both operators are ready")
                .atMost(PATIENCE)
                .until(() -> kubectl.field("deployment/jtask", ".status.readyReplicas")
                        .equals("2"));
        var dead = kubectl.field("lease/jtask", ".spec.holderIdentity");

        kubectl.run("delete", "pod", dead, "--grace-period=0", "--force");
        kubectl.run("apply", "-f", "../examples/quickstart/workerpool.yaml");

        await("the pool is served").atMost(PATIENCE).until(() -> broker.view().exists("thumbnails"));
        assertThat(kubectl.field("lease/jtask", ".spec.holderIdentity")).isNotEqualTo(dead);
        show("after the operator's death");
    }

    @Test
    void aPoolThatContradictsItselfIsRefusedWithTheFix() {
        var pool = """
            apiVersion: jtask.dev/v1alpha1
            kind: TaskWorkerPool
            metadata: {name: wrong}
            spec:
              image: shop:1
              queues: [{name: orders}]
              broker: {secretRef: {name: rabbitmq}}
              scaling: {minReplicas: 5, maxReplicas: 2}
            """;

        assertThatThrownBy(() -> kubectl.feed(pool, "apply", "-f", "-"))
                .hasMessageContaining("minReplicas")
                .hasMessageContaining("maxReplicas");
    }

    private double number(String jsonPath) {
        var text = kubectl.field("twp/thumbnails", jsonPath);
        return text.isEmpty() ? -1 : Double.parseDouble(text);
    }

    private void show(String moment) {
        System.out.println("# " + moment);
        System.out.println(kubectl.run("get", "twp,deployments,pods"));
    }
}
