package dev.jtask.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.local.Built;
import dev.jtask.local.kubernetes.api.KubernetesApi;
import dev.jtask.local.kubernetes.node.LocalNode;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RabbitMqTest
class LocalNodeIT {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final String queue = "node-" + UUID.randomUUID();
    private KubernetesApi kubernetes;
    private KubernetesClient client;
    private LocalNode node;

    @TempDir
    Path folder;

    @BeforeEach
    void start(RabbitMqNode broker) {
        kubernetes = KubernetesApi.start(folder.resolve("kubernetes"));
        client = kubernetes.client();
        Deployed.secret(client, broker.amqpUri());
        node = LocalNode.start(client, Built.workers(folder));
    }

    @AfterEach
    void stop() {
        node.close();
        client.close();
        kubernetes.close();
    }

    @Test
    void runsADeploymentFromItsFirstPodToItsDeletion(RabbitMqNode broker) {
        client.resource(Deployed.deployment(queue, 2)).create();
        awaitReady(2);
        assertThat(read().getStatus().getUpdatedReplicas()).isEqualTo(2);
        assertThat(pods()).allSatisfy(pod -> {
            assertThat(pod.getStatus().getPodIP()).startsWith("127.");
            assertThat(pod.getMetadata().getLabels()).containsAllEntriesOf(Deployed.LABELS);
        });
        try (var sender = TaskClient.builder(broker.amqpUri()).queue(queue).connect()) {
            assertThat(sender.send("tasks.add", 4, 6).get(SOON).intValue()).isEqualTo(10);
        }
        var processes = node.pods().stream()
                .map(pod -> ProcessHandle.of(pod.pid().orElseThrow()).orElseThrow())
                .toList();

        client.resource(read()).delete();

        await().atMost(SOON).until(() -> pods().isEmpty() && node.pods().isEmpty());
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void startsAKilledProcessAgain() {
        client.resource(Deployed.deployment(queue, 1)).create();
        awaitReady(1);

        ProcessHandle.of(node.pods().getFirst().pid().orElseThrow())
                .orElseThrow()
                .destroyForcibly();

        await().atMost(SOON)
                .ignoreExceptions() // a new pod has no status yet
                .untilAsserted(() -> assertThat(pods().getFirst().getStatus().getContainerStatuses())
                        .first()
                        .satisfies(container -> {
                            assertThat(container.getRestartCount()).isEqualTo(1);
                            assertThat(container.getReady()).isTrue();
                            assertThat(container.getLastState().getTerminated().getExitCode())
                                    .isEqualTo(137);
                        }));
    }

    @Test
    void takesTheCheapestPodAwayFirst() {
        client.resource(Deployed.deployment(queue, 3)).create();
        awaitReady(3);
        var cheap = pods().get(1);
        client.resource(cheap).edit(pod -> {
            pod.getMetadata().getAnnotations().put("controller.kubernetes.io/pod-deletion-cost", "-1");
            return pod;
        });

        client.resource(read()).scale(2);

        await().atMost(SOON).until(() -> pods().size() == 2);
        assertThat(pods())
                .extracting(pod -> pod.getMetadata().getName())
                .doesNotContain(cheap.getMetadata().getName());
    }

    @Test
    void replacesPodsOfAnOldTemplateWithoutAGap() {
        client.resource(Deployed.deployment(queue, 1)).create();
        awaitReady(1);
        var old = pods().getFirst().getMetadata().getName();

        client.resource(read()).edit(deployment -> {
            deployment.getSpec().getTemplate().getSpec().setTerminationGracePeriodSeconds(15L);
            return deployment;
        });

        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .failFast(
                        "a ready pod is always there",
                        () -> node.pods().stream().noneMatch(LocalNode.RunningPod::ready))
                .until(() -> pods().size() == 1
                        && !pods().getFirst().getMetadata().getName().equals(old));
    }

    @Test
    void saysWhatAnUnknownImageLacks() {
        var deployment = Deployed.deployment(queue, 1);
        deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("other:1");
        client.resource(deployment).create();

        await().atMost(SOON)
                .ignoreExceptions() // a new pod has no status yet
                .untilAsserted(() -> assertThat(pods().getFirst()
                                .getStatus()
                                .getContainerStatuses()
                                .getFirst()
                                .getState()
                                .getWaiting()
                                .getMessage())
                        .contains("no task jars for the image other:1", "jtask-quickstart:0.1.0"));
    }

    private void awaitReady(int count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(read().getStatus())
                        .isNotNull()
                        .satisfies(
                                status -> assertThat(status.getReadyReplicas()).isEqualTo(count)));
    }

    private Deployment read() {
        return client.apps()
                .deployments()
                .inNamespace("default")
                .withName(Deployed.NAME)
                .get();
    }

    private List<Pod> pods() {
        return client.pods().inNamespace("default").list().getItems();
    }
}
