package dev.jtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The README's way with Kubernetes: install the chart, apply the quickstart's pool, send work, watch pods come and go.
@OnCluster
class PoolE2E {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Installation installation;
    private final Kubectl kubectl;
    private final RabbitMqNode broker;

    PoolE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
        this.broker = installation.broker();
    }

    @Test
    void aPoolDrainsItsQueueAndDisappearsAgain() {
        kubectl.run("apply", "-f", "../examples/quickstart/workerpool.yaml");
        await("the queue is declared")
                .atMost(PATIENCE)
                .until(() -> broker.view().exists("thumbnails"));
        installation.show("after apply");

        try (var client = TaskClient.connect(broker.amqpUri())) {
            var sums = new ArrayList<TaskHandle<JsonNode>>();
            for (int i = 0; i < 500; i++) {
                sums.add(client.send(TaskRequest.of("tasks.add", i, 1).queue("thumbnails")));
            }
            await("backlog and desired replicas are shown")
                    .atMost(PATIENCE)
                    .until(() -> number(".status.backlog") > 0 && number(".status.scaling.desiredReplicas") > 0);
            installation.show("with a backlog");
            await("the Deployment follows")
                    .atMost(PATIENCE)
                    .until(() -> !kubectl.field("deployment/thumbnails", ".status.readyReplicas")
                            .isEmpty());
            installation.show("with workers");
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
        installation.show("drained");
        System.out.println(kubectl.run("get", "events", "--field-selector", "involvedObject.kind=TaskWorkerPool"));

        kubectl.run("delete", "twp", "thumbnails");
        await("the Deployment goes")
                .atMost(PATIENCE)
                .until(() ->
                        kubectl.field("deployment/thumbnails", ".metadata.name").isEmpty());
        assertThat(broker.view().exists("thumbnails")).isTrue();
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
}
