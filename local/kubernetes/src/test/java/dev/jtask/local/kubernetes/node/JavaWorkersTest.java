package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.local.kubernetes.node.Workers.Launch;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a script for a JVM that writes down how it was called.
class JavaWorkersTest {

    @TempDir
    Path folder;

    @Test
    void callsTheWorkersMainWithTheJarsOfTheImage() throws IOException {
        var java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\necho $HOSTNAME $JTASK_QUEUES\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));

        var launch = workers(java).launch(pod("shop:1"), Map.of("JTASK_QUEUES", "orders"));

        assertThat(launch)
                .isInstanceOfSatisfying(
                        Launch.Started.class,
                        started -> started.process().onExit().join());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(folder.resolve("pods/p.log"))
                        .content()
                        .startsWith("-Xmx64m --enable-native-access=ALL-UNNAMED -cp worker.jar ")
                        .contains("Main tasks.jar\n")
                        .endsWith("p orders\n"));
    }

    @Test
    void knowsNoOtherImages() {
        assertThat(workers(Path.of("java")).launch(pod("other:1"), Map.of()))
                .isEqualTo(new Launch.Refused(
                        "ErrImagePull", "local mode has no task jars for the image other:1; it knows [shop:1]"));
    }

    @Test
    void saysThatAProcessCannotBeStarted() throws IOException {
        Files.writeString(folder.resolve("pods"), "a file where a folder should be");

        assertThat(workers(Path.of("java")).launch(pod("shop:1"), Map.of()))
                .isInstanceOfSatisfying(
                        Launch.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("RunContainerError"));
    }

    private JavaWorkers workers(Path java) {
        return new JavaWorkers(new WorkerRuntime(
                java,
                Path.of("worker.jar"),
                List.of("-Xmx64m"),
                Map.of("shop:1", List.of(Path.of("tasks.jar"))),
                folder.resolve("pods")));
    }

    private static Pod pod(String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }
}
