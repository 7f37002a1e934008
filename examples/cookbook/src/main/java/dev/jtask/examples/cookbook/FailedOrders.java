package dev.jtask.examples.cookbook;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.Task;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.time.Duration;
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
            for (var group : failed.groups()) {
                System.out.println(group.count() + " of " + group.task() + ": " + group.exceptionType());
            }
            int back = failed.sendBack(letter -> letter.task().equals("orders.ship"), edit -> edit.withArg(1, "NL"));
            return "%d sent back; shipped: %s".formatted(back, orders.shipped.poll(1, TimeUnit.MINUTES));
        }
    }
}
