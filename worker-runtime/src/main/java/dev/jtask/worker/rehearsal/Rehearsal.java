package dev.jtask.worker.rehearsal;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.app.Main;
import dev.jtask.worker.app.options.AppOptions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Starts the worker as [Main] does, with the same variables, sends it tasks of its own, and shuts it down: a process
/// whose classes and profiles are worth to be kept in an AOT cache. It exits with 1 when the worker does not run them.
public final class Rehearsal {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Rehearsal() {}

    public static void main(String[] args) throws InterruptedException, URISyntaxException {
        var jar = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Thread.ofPlatform().daemon().name("audience").start(() -> play(AppOptions.fromEnvironment(System.getenv())));
        Main.main(new String[] {jar.toString()});
    }

    private static void play(AppOptions options) {
        try (var client = TaskClient.builder(System.getenv("JTASK_BROKER_URI"))
                .queue(options.worker().queues().getFirst())
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
        } catch (RuntimeException e) {
            System.err.println("rehearsal: " + e);
            System.exit(1);
        }
    }

    private static void await(TaskHandle<?> handle) {
        if (!handle.await(PATIENCE)) {
            throw new IllegalStateException("no task ran for %d s".formatted(PATIENCE.toSeconds()));
        }
    }
}
