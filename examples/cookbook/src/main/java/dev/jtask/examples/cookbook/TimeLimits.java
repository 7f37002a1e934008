package dev.jtask.examples.cookbook;

import dev.jtask.client.TaskClient;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.task.Task;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A task that takes too long is interrupted, and its sender told.
public final class TimeLimits {

    /// What a worker looks for.
    public static final class Searches {

        /// Waits for what never comes.
        @Task(value = "searches.forever", softTimeLimit = "500ms")
        public boolean forever() throws InterruptedException {
            return new CountDownLatch(1).await(1, TimeUnit.HOURS);
        }
    }

    private TimeLimits() {}

    public static void main(String[] args) {
        System.out.println(run(args[0]));
    }

    static String run(String broker) {
        try (var _ = Worker.builder()
                        .broker(broker)
                        .queues("searches")
                        .tasks(new Searches())
                        .start();
                var client = TaskClient.builder(broker).queue("searches").connect()) {
            return "found: "
                    + client.send(TaskRequest.of("searches.forever").returning(Boolean.class))
                            .get(Duration.ofMinutes(1));
        } catch (TaskFailedException e) {
            return e.status() + " " + e.error().type();
        }
    }
}
