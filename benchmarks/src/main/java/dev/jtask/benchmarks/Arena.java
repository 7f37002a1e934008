package dev.jtask.benchmarks;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.process.TaskJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What all scenarios share.
///
/// @param home the checkout
/// @param logs where the contestants' logs go
/// @param messages of a scenario that fills or empties a queue
record Arena(Path home, Path logs, RabbitMqNode broker, BenchQueue queue, int messages) implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

    static Arena open(Path home, int messages) throws IOException {
        var logs = Files.createDirectories(home.resolve("target/benchmarks"));
        var broker = RabbitMqNode.start(Files.createTempDirectory(logs, "broker"));
        return new Arena(home, logs, broker, BenchQueue.on(broker.amqpUri()), messages);
    }

    /// A jar with the benchmark's tasks and nothing else: this module has others, which need an environment.
    Path tasks() throws IOException {
        return TaskJar.write(logs.resolve("tasks.jar"), Tasks.class);
    }

    String uri() {
        return broker.amqpUri();
    }

    TaskClient client() {
        return TaskClient.builder(uri()).queue(BenchQueue.NAME).connect();
    }

    /// @throws IllegalStateException when it does not come about, or the contestant ends before
    void await(Running contestant, BooleanSupplier condition, String what) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!contestant.isAlive() || System.nanoTime() > deadline) {
                throw contestant.failed(what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        try (broker;
                queue) {
            // both, whatever becomes of the first
        }
    }
}
