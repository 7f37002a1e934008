package dev.jtask.examples.guides;

import static org.assertj.core.api.Assertions.fail;

import dev.jtask.examples.guides.Guide.Step;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.process.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Somebody who has a shell, Maven, a Java, a broker and an empty folder, and does what a guide says. Another
/// broker and another port are all that differs, and instead of the step "until jtask is in a public repository"
/// there is a repository with it.
final class Reader implements AutoCloseable {

    static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

    private static final String ITS_BROKER = "amqp://guest:guest@localhost";
    private static final String ITS_PORT = "localhost:8080";
    /// The one that Debian's Celery is for; the first on the path may be another.
    private static final Path SYSTEMS_PYTHON = Path.of("/usr/bin/python3");

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Duration GOODBYE = Duration.ofSeconds(40);

    private final Path machine;
    private final Path folder;
    private final RabbitMqNode node;
    private final int port;
    private final List<Process> running = new ArrayList<>();

    /// @param machine a folder for all that the reader has
    /// @param port    free, for the application's HTTP
    Reader(Path machine, RabbitMqNode node, int port) throws IOException {
        this.machine = machine;
        this.folder = Files.createDirectories(machine.resolve("shop"));
        this.node = node;
        this.port = port;
        Installed.into(machine.resolve("repository"), CHECKOUT);
        var bin = Files.createDirectories(machine.resolve("bin"));
        command(bin.resolve("mvn"), CHECKOUT.resolve("mvnw"));
        command(bin.resolve("python3"), SYSTEMS_PYTHON);
    }

    private static void command(Path name, Path program) throws IOException {
        Files.writeString(name, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(program));
        Files.setPosixFilePermissions(name, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void follow(List<Step> steps) throws IOException {
        for (var step : steps) {
            switch (step) {
                case Step.Write write -> write(write);
                case Step.Run run -> run(run);
            }
        }
    }

    private void write(Step.Write write) throws IOException {
        var file = folder.resolve(write.file());
        Files.createDirectories(file.getParent());
        Files.writeString(file, write.text().replaceAll(ITS_BROKER + "(:5672/)?", node.amqpUri()));
    }

    private void run(Step.Run run) throws IOException {
        var command = run.command().replace(ITS_PORT, "localhost:" + port);
        var said = Files.createTempFile(machine, "said", ".txt");
        var process = Children.start(List.of("bash", "-c", command), environment(), folder, said);
        running.add(process);
        try {
            Awaitility.await(command)
                    .atMost(PATIENCE)
                    .until(() -> !process.isAlive() || (!run.says().isEmpty() && says(said, run)));
        } finally {
            System.out.println(Files.readString(said));
        }
        if (process.isAlive()) {
            return;
        }
        if (process.exitValue() != 0 || !says(said, run)) {
            fail("%s ended with %d, having said: %s".formatted(command, process.exitValue(), Files.readString(said)));
        }
    }

    private static boolean says(Path said, Step.Run run) throws IOException {
        var lines = Files.readString(said).lines().toList();
        return run.says().stream()
                .allMatch(wanted ->
                        lines.stream().anyMatch(line -> wanted.matcher(line).matches()));
    }

    /// Downloads are in the user's own repository, which is read and not written.
    private Map<String, String> environment() {
        var tail = System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
        var java = System.getProperty("java.home");
        var environment = new HashMap<>(System.getenv());
        environment.put("JAVA_HOME", java);
        environment.put("PATH", "%s:%s/bin:%s".formatted(machine.resolve("bin"), java, System.getenv("PATH")));
        environment.put(
                "MAVEN_ARGS",
                "-B -ntp -Dmaven.repo.local=%s -Dmaven.repo.local.tail=%s"
                        .formatted(machine.resolve("repository"), tail));
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        return environment;
    }

    /// Ctrl-C in each terminal.
    @Override
    public void close() {
        var all = running.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            Awaitility.await("all has ended")
                    .atMost(GOODBYE)
                    .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
