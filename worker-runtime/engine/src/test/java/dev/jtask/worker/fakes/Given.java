package dev.jtask.worker.fakes;

import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages, deliveries and jobs of one task, `t.x` from queue `q`, as most tests need them.
public final class Given {

    public static final String TASK = "t.x";
    public static final String QUEUE = "q";

    /// A task that does nothing.
    public static final TaskDefinition DEFINITION = TaskDefinition.of(TASK, (args, kwargs, context) -> null);

    private Given() {}

    public static TaskMessage message(String id) {
        return TaskMessage.builder(id, TASK).replyTo("replies").build();
    }

    public static WireMessage wire(TaskMessage message) {
        return TaskCodec.encode(message, SettableClock.START);
    }

    /// The same with these headers in addition.
    public static WireMessage wire(WireMessage message, Map<String, Object> headers) {
        Map<String, @Nullable Object> all =
                new LinkedHashMap<>(message.properties().headers());
        all.putAll(headers);
        return new WireMessage(message.properties().withHeaders(all), message.body());
    }

    public static Delivery delivery(WireMessage message, Receipt receipt) {
        return new Delivery(QUEUE, message, false, SettableClock.START, null, receipt);
    }

    public static Job job(String id) {
        return job(message(id));
    }

    public static Job job(TaskMessage message) {
        return job(message, new FakeReceipt());
    }

    public static Job job(TaskMessage message, Receipt receipt) {
        return job(message, DEFINITION, receipt);
    }

    public static Job job(TaskMessage message, TaskDefinition definition) {
        return job(message, definition, new FakeReceipt());
    }

    public static Job job(TaskMessage message, TaskDefinition definition, Receipt receipt) {
        return new Job(delivery(wire(message), receipt), message, definition, SettableClock.START);
    }
}
