package dev.jtask.worker.app;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.ResultMessage;
import java.time.Instant;

/// Reads and writes a message once while the worker still looks for its tasks and connects, so that the first real one
/// does not wait for what the JVM links then.
final class WarmUp {

    private WarmUp() {}

    static void run() {
        var task = TaskMessage.builder("id", "warm.up").build();
        var _ = TaskCodec.decode(TaskCodec.encode(task, Instant.EPOCH));
        var _ = ResultCodec.encode(ResultMessage.success(task.id(), IntNode.valueOf(1)), task.id());
    }
}
