package dev.jtask.benchmarks;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import java.util.concurrent.Semaphore;

/// Sends tasks that ask for their result, so many unconfirmed at a time as PerfTest's producer: `publishing URI TASKS`.
final class Publishing {

    private static final int WINDOW = 1_000;

    private Publishing() {}

    public static void main(String[] args) {
        int messages = Integer.parseInt(args[1]);
        var window = new Semaphore(WINDOW);
        try (var client = TaskClient.builder(args[0]).queue(BenchQueue.NAME).connect()) {
            for (int n = 0; n < messages; n++) {
                window.acquireUninterruptibly();
                var _ = client.sendAsync(TaskRequest.of("bench.echo", n).returning(Integer.class))
                        .whenComplete((sent, failure) -> window.release());
            }
            window.acquireUninterruptibly(WINDOW);
        }
    }
}
