package dev.jtask.spring.observation;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import io.micrometer.observation.transport.SenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task that is sent. Its carrier are the message's headers, but for those that are Celery's own; what is set goes
/// into them with the start.
public final class TaskSendContext extends SenderContext<Map<String, @Nullable Object>> {

    private final Routed task;
    private final Map<String, @Nullable Object> written;

    TaskSendContext(Routed task) {
        this(task, new LinkedHashMap<>());
    }

    private TaskSendContext(Routed task, Map<String, @Nullable Object> written) {
        super((carrier, name, value) -> written.put(name, value));
        this.task = task;
        this.written = written;
        setCarrier(new LinkedHashMap<>(task.message().customHeaders()));
        setRemoteServiceName("RabbitMQ");
    }

    /// The message with what was put into its headers.
    Routed traced() {
        if (written.isEmpty()) {
            return task;
        }
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(message().customHeaders());
        TraceHeaders.remove(headers);
        headers.putAll(written);
        return new Routed(route(), message().toBuilder().customHeaders(headers).build());
    }

    /// The message as it was before anything was put into its headers.
    public TaskMessage message() {
        return task.message();
    }

    /// Where it is sent.
    public Route route() {
        return task.route();
    }

    /// The queue, or the exchange where it is sent to one.
    public String destination() {
        return route().isQueue() ? route().routingKey() : route().exchange();
    }
}
