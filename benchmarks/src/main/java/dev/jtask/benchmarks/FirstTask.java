package dev.jtask.benchmarks;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskTimeoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One start of one worker whose task already waits.
final class FirstTask {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private FirstTask() {}

    /// @return from before the process was started until the task's result was here
    /// @throws IllegalStateException when no result came; it names the worker's log
    static Duration run(Contestant contestant, TaskClient client, Path log) throws IOException, InterruptedException {
        var handle = client.send("bench.noop", 1);
        var builder = new ProcessBuilder(contestant.command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(contestant.environment());
        var began = System.nanoTime();
        var process = builder.start();
        try {
            handle.get(PATIENCE);
            return Duration.ofNanos(System.nanoTime() - began);
        } catch (TaskTimeoutException e) {
            throw new IllegalStateException("%s ran no task; see %s".formatted(contestant.name(), log), e);
        } finally {
            process.destroy();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
