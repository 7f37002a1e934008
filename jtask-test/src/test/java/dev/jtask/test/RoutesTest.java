package dev.jtask.test;

import dev.jtask.client.TaskClient;
import dev.jtask.schedule.Schedule;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Where the worker of a test sends tasks.
@JTaskTest(
        queues = {"shop", "mails"},
        routes = "py.*=py")
class RoutesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TaskBean
    final Shop shop = new Shop();

    static final class Shop {

        @Task("shop.thumbnail")
        public void thumbnail(TaskContext context) {
            context.send("py.label", "x");
        }

        @Task(value = "shop.digest", queue = "mails")
        public void digest() {}

        @Task("shop.tidy")
        public void tidy() {}
    }

    @Test
    void aTaskSendsWhereARouteSays(TaskClient client, JTask jtask) {
        client.send(TaskRequest.of("shop.thumbnail").queue("shop"));

        jtask.runDue();

        jtask.assertSent("py.label").to("py").once();
    }

    @Test
    void byTheClockItSendsWhereTheTaskSaysAsItDoesInATask(JTask jtask) {
        jtask.schedule(Schedule.every("digest", HOUR, TaskRequest.of("shop.digest")));
        jtask.schedule(Schedule.every("tidy", HOUR, TaskRequest.of("shop.tidy")));

        jtask.advance(HOUR);

        jtask.assertSent("shop.digest").to("mails").once();
        jtask.assertRun("shop.digest").succeeded().once();
        jtask.assertSent("shop.tidy").to("shop").once();
        jtask.assertRun("shop.tidy").succeeded().once();
    }
}
