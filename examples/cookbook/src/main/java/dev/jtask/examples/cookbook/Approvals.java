package dev.jtask.examples.cookbook;

import dev.jtask.client.TaskClient;
import dev.jtask.task.SignalTimeoutException;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.time.Duration;

/// An order that somebody has to approve waits for that, however long it takes, and keeps no worker busy.
public final class Approvals {

    private static final Duration SOON = Duration.ofMinutes(1);

    /// What is answered.
    public record Approval(String by, boolean granted) {}

    /// What a worker does with orders.
    public static final class Orders {

        @Task("approvals.order")
        public String order(String number, Duration atMost, TaskContext context) {
            try {
                var approval = context.awaitSignal("approval", Approval.class, atMost);
                return number + (approval.granted() ? " was approved by " : " was declined by ") + approval.by();
            } catch (SignalTimeoutException e) {
                return number + " was forgotten";
            }
        }
    }

    private Approvals() {}

    public static void main(String[] args) {
        System.out.println(run(args[0]));
    }

    static String run(String broker) {
        try (var _ = Worker.builder()
                        .broker(broker)
                        .queues("approvals")
                        .concurrency(1)
                        .tasks(new Orders())
                        .start();
                var client = TaskClient.builder(broker).queue("approvals").connect()) {
            var first = client.send(order("A-17", Duration.ofDays(2)));
            var second = client.send(order("B-4", Duration.ofSeconds(1)));
            var third = client.send(order("C-9", Duration.ofDays(2)));
            client.signal(third.id(), "approval", new Approval("Ada", true));
            client.signal(first.id(), "approval", new Approval("Bob", false));
            return "%s, %s, %s".formatted(first.get(SOON), second.get(SOON), third.get(SOON));
        }
    }

    private static TaskRequest<String> order(String number, Duration atMost) {
        return TaskRequest.of("approvals.order", number, atMost).returning(String.class);
    }
}
