package dev.jtask.worker.rehearsal;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tasks of the usual shapes and ends.
public final class RehearsalTasks {

    static final String ADD = "rehearsal.add";
    static final String TYPED = "rehearsal.typed";
    static final String FAIL = "rehearsal.fail";
    static final String RETRY = "rehearsal.retry";
    static final String SPAWN = "rehearsal.spawn";

    /// A record as an argument and as a result.
    public record Order(String name, double price, List<Instant> times) {}

    @Task(ADD)
    public int add(int x, int y) {
        return x + y;
    }

    @Task(TYPED)
    public Order typed(Order order) {
        return order;
    }

    @Task(FAIL)
    public void fail(String message) {
        throw new IllegalStateException(message);
    }

    @Task(RETRY)
    public int retry(TaskContext context) {
        if (context.attempt() == 1) {
            throw context.retry(Duration.ofSeconds(1));
        }
        return context.attempt();
    }

    @Task(SPAWN)
    public String spawn(TaskContext context) {
        context.progress("sending");
        return context.send(TaskRequest.of(ADD, 1, 2));
    }
}
