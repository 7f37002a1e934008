package dev.jtask.spring.observation;

import dev.jtask.broker.tracing.RunEnd;
import dev.jtask.protocol.message.TaskMessage;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task that is run. Its carrier are the message's headers, but for those that are Celery's own.
public final class TaskRunContext extends ReceiverContext<Map<String, @Nullable Object>> {

    private final TaskMessage message;
    private final String queue;
    private volatile @Nullable RunEnd end;

    TaskRunContext(TaskMessage message, String queue) {
        super((headers, name) -> headers.get(name) instanceof String text ? text : null);
        this.message = message;
        this.queue = queue;
        setCarrier(message.customHeaders());
        setRemoteServiceName("RabbitMQ");
    }

    void end(RunEnd how) {
        end = how;
    }

    public TaskMessage message() {
        return message;
    }

    /// Where it came from.
    public String queue() {
        return queue;
    }

    /// How it ended: `succeeded`, `failed`, `retried`, `postponed`, `revoked`, `rejected` or `requeued`; empty while it
    /// runs.
    public Optional<String> outcome() {
        return Optional.ofNullable(end).map(RunEnd::outcome);
    }

    /// The state that its sender is told; empty while it runs, and where that is none.
    public Optional<String> state() {
        return Optional.ofNullable(end).map(RunEnd::state);
    }

    /// What the exception is called that ended it, where that counts as an error.
    public Optional<String> errorType() {
        return Optional.ofNullable(end).map(RunEnd::fault).map(RunEnd.Fault::type);
    }
}
