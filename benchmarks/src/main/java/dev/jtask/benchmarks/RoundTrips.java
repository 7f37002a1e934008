package dev.jtask.benchmarks;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Sends tasks one after the other, a pause between, and prints how long each took: `RoundTrips URI TASKS`.
public final class RoundTrips {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final long PAUSE_NANOS = 5_000_000;

    private RoundTrips() {}

    public static void main(String[] args) {
        int tasks = Integer.parseInt(args[1]);
        try (var client = TaskClient.builder(args[0]).queue(BenchQueue.NAME).connect()) {
            for (int n = 0; n < tasks; n++) {
                var request = TaskRequest.of("bench.echo", n).returning(Integer.class);
                long began = System.nanoTime();
                int echo = client.send(request).get(PATIENCE);
                System.out.printf("took %.3f%n", (System.nanoTime() - began) / 1e6);
                if (echo != n) {
                    throw new IllegalStateException("asked for %d, was told %d".formatted(n, echo));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
