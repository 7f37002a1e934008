package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.Publisher;
import dev.jtask.worker.WorkerMetrics;
import dev.jtask.worker.canvas.FollowUps;
import dev.jtask.worker.execution.Attempts;
import dev.jtask.worker.execution.Slots;
import dev.jtask.worker.execution.TaskListener;
import dev.jtask.worker.execution.TaskRunner;
import dev.jtask.worker.results.ResultBackend;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/// The parts of a worker that outlive connections.
///
/// @param queues consumed in this order of preference; may change while the worker runs
/// @param backends a result backend for a session's publisher
/// @param attachments what else uses each session's connections
public record Engine(
        List<String> queues,
        Slots slots,
        Attempts attempts,
        TaskRunner runner,
        TaskListener listener,
        FollowUps followUps,
        Function<Publisher, ResultBackend> backends,
        List<Attachment> attachments,
        WorkerMetrics metrics,
        ScheduledExecutorService timer,
        Clock clock) {

    /// Uses the connections of a session until the next one.
    @FunctionalInterface
    public interface Attachment {
        void attach(Connection consuming, Connection publishing) throws IOException;
    }
}
