package dev.jtask.examples.cookbook;

import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.io.IOException;
import java.time.Duration;

/// A bank that does not answer at first is asked again, each time after a longer pause.
public final class Retries {

    /// What a worker does for the shop.
    public static final class Payments {

        /// Fails twice; what a real one does depends on the bank.
        @Task(
                value = "payments.charge",
                maxRetries = 5,
                retryFor = IOException.class,
                retryDelay = "100ms",
                backoff = true)
        public String charge(String order, TaskContext context) throws IOException {
            if (context.attempt() < 3) {
                throw new IOException("the bank does not answer");
            }
            return "%s is paid at attempt %d".formatted(order, context.attempt());
        }
    }

    private Retries() {}

    public static void main(String[] args) {
        System.out.println(run(args[0]));
    }

    static String run(String broker) {
        try (var _ = Worker.builder()
                        .broker(broker)
                        .queues("payments")
                        .tasks(new Payments())
                        .start();
                var client = TaskClient.builder(broker).queue("payments").connect()) {
            return client.send(TaskRequest.of("payments.charge", "A-17").returning(String.class))
                    .get(Duration.ofMinutes(1));
        }
    }
}
