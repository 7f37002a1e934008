package dev.jtask.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One contestant draining one full queue.
///
/// The rate is taken between 20 % and 95 % drained: after the start and the first compilation, before the last
/// prefetched messages. What is held by the consumer at both marks is the same, so it cancels out.
final class Measurement {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

    private Measurement() {}

    /// @param perSecond messages a second
    /// @param cpuMicros of the process for each message; its children's are not in it
    record Rate(double perSecond, double cpuMicros) {}

    /// @throws IllegalStateException when it ends or stalls before the queue is empty, with its log's place
    static Rate run(Contestant contestant, Bench bench, int messages, Path log)
            throws IOException, InterruptedException {
        bench.fill();
        var builder = new ProcessBuilder(contestant.command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(contestant.environment());
        var process = builder.start();
        try {
            var started = await(bench, process, messages * 80 / 100, contestant, log);
            var ended = await(bench, process, messages * 5 / 100, contestant, log);
            var drained = started.ready() - ended.ready();
            await(bench, process, 0, contestant, log);
            return new Rate(
                    drained * 1e9 / (ended.nanos() - started.nanos()), (ended.cpu() - started.cpu()) / 1e3 / drained);
        } finally {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /// @param cpu nanoseconds that the process has used
    private record Mark(int ready, long nanos, long cpu) {}

    private static long cpu(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    private static Mark await(Bench bench, Process process, int atMost, Contestant contestant, Path log)
            throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var ready = bench.ready();
            var now = System.nanoTime();
            if (ready <= atMost) {
                return new Mark(ready, now, cpu(process));
            }
            if (!process.isAlive() || now > deadline) {
                throw new IllegalStateException("%s left %d messages; see %s".formatted(contestant.name(), ready, log));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
