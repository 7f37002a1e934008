package dev.jtask.examples.cookbook;

import dev.jtask.client.TaskClient;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A long report tells how far it is; of what it tells faster than anybody reads, the newest counts.
public final class ProgressBar {

    /// How far a report is.
    ///
    /// @param done pages that are written
    /// @param of pages in all
    public record Pages(int done, int of) {}

    /// What a worker writes.
    public static final class Reports {

        @Task("reports.write")
        public String write(int pages, TaskContext context) {
            for (int page = 1; page <= pages; page++) {
                context.progress(new Pages(page, pages));
            }
            return pages + " pages";
        }
    }

    private ProgressBar() {}

    public static void main(String[] args) {
        System.out.println(run(args[0]));
    }

    static String run(String broker) {
        var furthest = new AtomicInteger();
        try (var _ = Worker.builder()
                        .broker(broker)
                        .queues("reports")
                        .tasks(new Reports())
                        .start();
                var client = TaskClient.builder(broker).queue("reports").connect()) {
            var report = client.send(TaskRequest.of("reports.write", 40).returning(String.class));
            report.onProgress(told -> {
                var done = told.path("done").asInt();
                furthest.accumulateAndGet(done, Math::max);
                System.out.print("\r" + "#".repeat(done));
            });
            return report.get(Duration.ofMinutes(1));
        }
    }
}
