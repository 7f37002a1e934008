package dev.jtask.examples.plainjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.jtask.examples.plainjava.Guide.Step;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.process.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/plain-java.md, followed to the letter from an empty folder by somebody who has a shell, Maven, a Java and a
/// broker. Instead of the step "until jtask is in a public repository" there is a repository with it.
@RabbitMqTest
class GuideIT {

    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path GUIDE = CHECKOUT.resolve("docs/plain-java.md");
    private static final String ITS_BROKER = "amqp://guest:guest@localhost";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final RabbitMqNode node;
    private final List<Process> running = new ArrayList<>();

    @TempDir
    private Path machine = Path.of("");

    private Path folder = machine;

    GuideIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void whatTheReaderHas() throws IOException {
        folder = Files.createDirectories(machine.resolve("shop"));
        Installed.into(machine.resolve("repository"), CHECKOUT);
        var bin = Files.createDirectories(machine.resolve("bin"));
        var maven = Files.writeString(
                bin.resolve("mvn"), "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(CHECKOUT.resolve("mvnw")));
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void endWhatGoesOn() throws InterruptedException {
        for (var process : running) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void whoFollowsItHasAResult() throws IOException {
        var steps = Guide.steps(GUIDE);
        assertThat(steps).filteredOn(Step.Write.class::isInstance).hasSize(5);
        assertThat(steps)
                .last()
                .isEqualTo(new Step.Run("java -cp 'target/classes:target/lib/*' shop.Shop Ada\n", "Welcome, Ada!"));

        long begun = System.nanoTime();
        for (var step : steps) {
            if (step instanceof Step.Write write) {
                write(write);
            } else if (step instanceof Step.Run run) {
                run(run);
            }
        }

        System.out.printf(
                Locale.ROOT,
                "guide: plain-java first result after %.1f s (from an empty folder)%n",
                (System.nanoTime() - begun) / 1e9);
    }

    private void write(Step.Write write) throws IOException {
        var file = folder.resolve(write.file());
        Files.createDirectories(file.getParent());
        Files.writeString(file, write.text().replace(ITS_BROKER, node.amqpUri()));
    }

    private void run(Step.Run run) throws IOException {
        var said = Files.createTempFile(machine, "said", ".txt");
        var process = Children.start(List.of("bash", "-c", run.command()), environment(), folder, said);
        running.add(process);
        Awaitility.await(run.command())
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || (!run.says().isEmpty() && says(said, run)));
        if (process.isAlive()) {
            return;
        }
        if (process.exitValue() != 0 || !says(said, run)) {
            fail("%s ended with %d, having said: %s"
                    .formatted(run.command(), process.exitValue(), Files.readString(said)));
        }
    }

    private static boolean says(Path said, Step.Run run) throws IOException {
        return Files.readString(said)
                .lines()
                .toList()
                .containsAll(run.says().lines().toList());
    }

    /// Downloads are in the user's own repository, which is read and not written.
    private Map<String, String> environment() {
        var tail = System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
        var environment = new HashMap<>(System.getenv());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put(
                "PATH",
                "%s:%s/bin:%s"
                        .formatted(machine.resolve("bin"), System.getProperty("java.home"), System.getenv("PATH")));
        environment.put(
                "MAVEN_ARGS",
                "-B -ntp -Dmaven.repo.local=%s -Dmaven.repo.local.tail=%s"
                        .formatted(machine.resolve("repository"), tail));
        return environment;
    }
}
