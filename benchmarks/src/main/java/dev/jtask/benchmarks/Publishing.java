package dev.jtask.benchmarks;

import dev.jtask.client.TaskClient;
import dev.jtask.task.request.TaskRequest;
import java.util.List;
import java.util.stream.IntStream;

/// Sends tasks that ask for a result, each confirmed by the broker, in batches: `Publishing URI MESSAGES`.
public final class Publishing {

    private static final int BATCH = 1_000;

    private Publishing() {}

    public static void main(String[] args) {
        int messages = Integer.parseInt(args[1]);
        try (var client = TaskClient.builder(args[0]).queue(BenchQueue.NAME).connect()) {
            for (int sent = 0; sent < messages; sent += BATCH) {
                client.sendAll(requests(sent, Math.min(BATCH, messages - sent)));
            }
        }
    }

    private static List<TaskRequest<Integer>> requests(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(n -> TaskRequest.of("bench.echo", n).returning(Integer.class))
                .toList();
    }
}
