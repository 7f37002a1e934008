package dev.jtask.broker.tracing;

import dev.jtask.protocol.message.TaskMessage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/// What spans say of a task: the messaging semantic conventions' attributes, and those of Python's instrumentation of
/// Celery for what the conventions have no name for.
public final class TaskAttributes {

    public static final String SCOPE = "dev.jtask";
    public static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    public static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    public static final AttributeKey<String> ROUTING_KEY =
            AttributeKey.stringKey("messaging.rabbitmq.destination.routing_key");
    public static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("messaging.operation.name");
    public static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    public static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
    public static final AttributeKey<String> CONVERSATION_ID =
            AttributeKey.stringKey("messaging.message.conversation_id");
    public static final AttributeKey<String> TASK = AttributeKey.stringKey("celery.task_name");
    public static final AttributeKey<Long> RETRIES = AttributeKey.longKey("celery.retries");
    public static final AttributeKey<String> STATE = AttributeKey.stringKey("celery.state");
    public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private TaskAttributes() {}

    /// @param operation `send` or `process`
    /// @param destination queue, or exchange and routing key
    public static AttributesBuilder of(String operation, String destination, TaskMessage task) {
        var root = task.rootId();
        return Attributes.builder()
                .put(SYSTEM, "rabbitmq")
                .put(OPERATION_NAME, operation)
                .put(OPERATION_TYPE, operation)
                .put(DESTINATION, destination)
                .put(MESSAGE_ID, task.id())
                .put(CONVERSATION_ID, root == null ? task.id() : root)
                .put(TASK, task.task())
                .put(RETRIES, (long) task.retries());
    }
}
