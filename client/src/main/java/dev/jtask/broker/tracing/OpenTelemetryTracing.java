package dev.jtask.broker.tracing;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.TaskMessage;

/// Spans of OpenTelemetry, where there is tracing. Has no field or parameter of its types: this class must load where
/// there are none.
final class OpenTelemetryTracing implements TaskTracing {

    static final TaskTracing INSTANCE = new OpenTelemetryTracing();

    private OpenTelemetryTracing() {}

    @Override
    public SendTrace send(Routed task) {
        return Tracing.isThere() ? ProducerSpan.start(task) : new SendTrace.Untold(task);
    }

    @Override
    public RunTrace run(TaskMessage task, String queue) {
        return ConsumerSpan.start(task, queue);
    }

    @Override
    public void settled(String taskId) {
        // what follows of a run has its span in its headers
    }
}
