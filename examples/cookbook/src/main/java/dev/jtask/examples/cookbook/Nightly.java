package dev.jtask.examples.cookbook;

import dev.jtask.schedule.Schedule;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.Worker;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A worker that also sends by the clock: of any number of such processes one does at a time.
public final class Nightly {

    private Nightly() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println(run(args[0]));
    }

    static String run(String broker) throws InterruptedException {
        BlockingQueue<String> cleared = new LinkedBlockingQueue<>();
        try (var _ = Worker.builder()
                .broker(broker)
                .queues("caches")
                .task("caches.clear", String.class, name -> cleared.add(name) ? "cleared " + name : "")
                .schedules(
                        "cookbook",
                        Schedule.every(
                                "prices",
                                Duration.ofSeconds(1),
                                TaskRequest.of("caches.clear", "prices").queue("caches")),
                        Schedule.cron(
                                "nightly",
                                "0 2 * * *",
                                ZoneId.of("Europe/Berlin"),
                                TaskRequest.of("caches.clear", "all").queue("caches")))
                .start()) {
            return "cleared: " + cleared.poll(1, TimeUnit.MINUTES);
        }
    }
}
