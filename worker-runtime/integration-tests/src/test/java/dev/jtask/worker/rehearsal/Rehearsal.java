package dev.jtask.worker.rehearsal;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.process.TaskJar;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The audience of a worker's rehearsal, `Rehearsal COMMAND…`: starts the command with one more argument, a jar
/// of tasks, sends it those tasks, and shuts it down: a process whose classes and profiles are worth to be kept
/// in an AOT cache. It exits with 1 when the worker does not run them.
public final class Rehearsal {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Rehearsal() {}

    public static void main(String[] command) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("rehearsal");
        var jar = folder.resolve("rehearsal-tasks.jar");
        Process worker = null;
        try {
            TaskJar.write(jar, RehearsalTasks.class, RehearsalTasks.Order.class);
            var words = new ArrayList<>(List.of(command));
            words.add(jar.toString());
            worker = new ProcessBuilder(words).inheritIO().start();
            play();
            if (!worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || worker.exitValue() != 0) {
                throw new IllegalStateException("the worker did not end well");
            }
        } catch (RuntimeException e) {
            System.err.println("rehearsal: " + e);
            System.exit(1);
        } finally {
            if (worker != null) {
                worker.destroyForcibly();
            }
            Files.deleteIfExists(jar);
            Files.deleteIfExists(folder);
        }
    }

    private static void play() {
        try (var client = TaskClient.builder(System.getenv("JTASK_BROKER_URI"))
                .queue(System.getenv("JTASK_QUEUES"))
                .connect()) {
            var order = new RehearsalTasks.Order("tea", 4.2, List.of(Instant.EPOCH));
            var sum = TaskRequest.of(RehearsalTasks.ADD, 1, 2);
            List.of(
                            client.send(sum),
                            client.send(RehearsalTasks.TYPED, order),
                            client.send(RehearsalTasks.FAIL, "as it should"),
                            client.send(RehearsalTasks.RETRY),
                            client.send(RehearsalTasks.SPAWN),
                            client.send(Chain.of(sum).then(TaskRequest.of(RehearsalTasks.ADD, 3))))
                    .forEach(Rehearsal::await);
            client.workers().ping();
            client.workers().shutdown();
        }
    }

    private static void await(TaskHandle<?> handle) {
        if (!handle.await(PATIENCE)) {
            throw new IllegalStateException("no task ran for %d s".formatted(PATIENCE.toSeconds()));
        }
    }
}
