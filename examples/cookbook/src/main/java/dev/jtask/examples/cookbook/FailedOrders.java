package dev.jtask.examples.cookbook;

import dev.jtask.client.DeadLetterGroup;
import dev.jtask.client.DeadLetterQueue;
import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.Task;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Orders that failed for good are kept, looked at, mended and sent back.
public final class FailedOrders {

    private static final Duration SOON = Duration.ofMinutes(1);

    /// What a worker ships.
    public static final class Orders {

        private final BlockingQueue<String> shipped = new LinkedBlockingQueue<>();

        @Task(value = "orders.ship", keepFailed = true)
        public void ship(String number, String country) {
            if (country.isEmpty()) {
                throw new IllegalArgumentException("no country");
            }
            shipped.add("%s to %s".formatted(number, country));
        }
    }

    private FailedOrders() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println(run(args[0]));
    }

    static String run(String broker) throws InterruptedException {
        var orders = new Orders();
        try (var _ = Worker.builder()
                        .broker(broker)
                        .queues("orders")
                        .tasks(orders)
                        .start();
                var client = TaskClient.builder(broker).queue("orders").connect()) {
            try {
                client.send(TaskRequest.of("orders.ship", "B-4", "")).get(SOON);
            } catch (TaskFailedException e) {
                System.out.println("its sender is told: " + e.error().type());
            }
            var failed = client.failedTasks("orders");
            for (var group : kept(failed, orders)) {
                System.out.println(group.count() + " of " + group.task() + ": " + group.exceptionType());
            }
            int back = failed.sendBack(letter -> letter.task().equals("orders.ship"), edit -> edit.withArg(1, "NL"));
            return "%d sent back; shipped: %s".formatted(back, orders.shipped.poll(1, TimeUnit.MINUTES));
        }
    }

    /// A task is kept a moment after its sender is told that it has failed, and the first one makes the queue.
    private static List<DeadLetterGroup> kept(DeadLetterQueue failed, Orders orders) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            try {
                var groups = failed.groups();
                if (!groups.isEmpty()) {
                    return groups;
                }
            } catch (UncheckedIOException e) {
                System.out.println("nothing is kept yet: " + e.getMessage());
            }
            if (orders.shipped.poll(100, TimeUnit.MILLISECONDS) != null) {
                throw new IllegalStateException("the order was shipped without a country");
            }
        }
        throw new IllegalStateException("the failed order was not kept");
    }
}
