package dev.jtask.test.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.client.control.Broadcast;
import dev.jtask.worker.heart.Heart;
import dev.jtask.worker.run.Job;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Remote control of the one worker that a test has: it revokes, and that is all.
final class MemoryBroadcast implements Broadcast {

    private final Heart heart;

    MemoryBroadcast(Heart heart) {
        this.heart = heart;
    }

    @Override
    public void tell(String method, ObjectNode arguments, List<String> nodes) {
        if (!method.equals("revoke")) {
            throw refused(method);
        }
        var ids = StreamSupport.stream(arguments.path("task_id").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        heart.revocations().add(ids);
        if (arguments.path("terminate").asBoolean()) {
            ids.stream().flatMap(heart.jobs()::of).forEach(job -> job.cancel(Job.Cause.REVOKED));
        }
    }

    @Override
    public Map<String, JsonNode> ask(String method, ObjectNode arguments, List<String> nodes, Duration timeout) {
        throw refused(method);
    }

    private static UnsupportedOperationException refused(String method) {
        return new UnsupportedOperationException(
                "a worker in memory answers no remote control, such as '%s'; run this test @OnRabbitMq"
                        .formatted(method));
    }
}
