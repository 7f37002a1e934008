package dev.jtask.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.client.TaskClient;
import dev.jtask.local.Built;
import dev.jtask.local.kubernetes.node.LocalNode.RunningPod;
import dev.jtask.local.system.Checkout;
import dev.jtask.local.system.LocalSystem;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The production operator, a real broker and real worker processes, from a backlog to nothing.
class FullLoopIT {

    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String POOL = "thumbnails";
    private static final int TASKS = 800;

    private final Checkout checkout = Built.checkout(Path.of("target/full-loop"));

    @Test
    void workersComeForABacklogSurviveACrashAndGo() throws IOException {
        var thumbnails = Files.createDirectories(checkout.folder().resolve("thumbnails"));
        var pictures = Pictures.draw(checkout.folder().resolve("pictures"), 20);
        try (var system = LocalSystem.start(checkout);
                var runs = Runs.in(thumbnails)) {
            Pools.apply(system, checkout.pool());
            await("the operator declares the queue")
                    .atMost(SOON)
                    .until(() -> system.broker().view().exists(POOL));
            try (var client =
                    TaskClient.builder(system.broker().amqpUri()).queue(POOL).connect()) {
                var load = Load.send(client, pictures, thumbnails, TASKS);

                // not for a second one: on a busy machine the first may be done with all before that one has started
                await("workers take tasks").atMost(SOON).until(() -> ready(system) >= 1 && load.done() > 0);
                killOne(system);
                assertThat(load.done()).as("killed on the way").isLessThan(load.size());
                await("all results").atMost(SOON).until(() -> load.done() == load.size());
                await("no replicas")
                        .atMost(SOON)
                        .until(() -> system.node().pods().isEmpty());

                assertThat(load.tally(runs))
                        .returns(TASKS, Tally::succeeded)
                        .returns(0, Tally::failed)
                        .returns(0, Tally::lost);
            }
            assertThat(deployment(system).getSpec().getReplicas()).isZero();
            await().atMost(SOON).until(() -> system.broker().view().messages(POOL) == 0);
            leavesOnlyTheQueueBehind(system);
        }
    }

    private static void leavesOnlyTheQueueBehind(LocalSystem system) {
        system.client()
                .genericKubernetesResources("jtask.dev/v1alpha1", "TaskWorkerPool")
                .inNamespace("default")
                .withName(POOL)
                .delete();

        await("the Deployment goes with its pool").atMost(SOON).until(() -> deployment(system) == null);
        assertThat(system.broker().view().exists(POOL)).isTrue();
    }

    private static int ready(LocalSystem system) {
        return (int) system.node().pods().stream().filter(RunningPod::ready).count();
    }

    private static void killOne(LocalSystem system) {
        var pid = system.node().pods().stream()
                .filter(RunningPod::ready)
                .findFirst()
                .orElseThrow()
                .pid()
                .orElseThrow();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static Deployment deployment(LocalSystem system) {
        return system.client()
                .apps()
                .deployments()
                .inNamespace("default")
                .withName(POOL)
                .get();
    }
}
