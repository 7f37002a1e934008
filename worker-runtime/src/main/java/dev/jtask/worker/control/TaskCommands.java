package dev.jtask.worker.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.TimeLimits;
import dev.jtask.worker.execution.Attempt;
import dev.jtask.worker.registry.RateLimit;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Commands about tasks: revoke, terminate, limits, and what workers tell each other of revoked tasks.
final class TaskCommands {

    private final Desk desk;

    private TaskCommands(Desk desk) {
        this.desk = desk;
    }

    static Map<String, Command> of(Desk desk) {
        var commands = new TaskCommands(desk);
        return Map.of(
                "revoke", commands::revoke,
                "terminate", arguments -> commands.terminate(Answers.texts(arguments.path("task_id"))),
                "rate_limit", commands::rateLimit,
                "time_limit", commands::timeLimit,
                "hello", commands::hello);
    }

    /// Takes over what another worker answered to `hello`.
    static void merge(Desk desk, JsonNode answer) {
        desk.lamport().adjust(answer.path("clock").asLong(0));
        var revoked = answer.path("revoked");
        revoked.properties().forEach(entry -> {
            var time = entry.getValue().isArray() ? entry.getValue().path(0) : entry.getValue();
            desk.revocations().add(entry.getKey(), Instant.ofEpochMilli(Math.round(time.asDouble() * 1e3)));
        });
    }

    private JsonNode revoke(JsonNode arguments) {
        var ids = new LinkedHashSet<>(Answers.texts(arguments.path("task_id")));
        if (arguments.path("terminate").asBoolean(false)) {
            return terminate(ids);
        }
        desk.revocations().add(ids);
        return Answers.ok("tasks %s flagged as revoked".formatted(Answers.set(ids)));
    }

    private JsonNode terminate(Collection<String> ids) {
        desk.revocations().add(ids);
        var terminated = new LinkedHashSet<String>();
        for (var id : ids) {
            desk.attempts().of(id).forEach(attempt -> {
                attempt.cancel(Attempt.Cause.REVOKED);
                terminated.add(id);
            });
        }
        return Answers.ok(
                terminated.isEmpty() ? "terminate: tasks unknown" : "terminate: " + String.join(", ", terminated));
    }

    private JsonNode rateLimit(JsonNode arguments) {
        var name = arguments.path("task_name").asText();
        if (desk.registry().find(name) == null) {
            return Answers.error("unknown task");
        }
        var limit = arguments.path("rate_limit");
        if (limit.isNull() || limit.asText("0").equals("0")) {
            desk.rateLimits().change(name, Optional.empty());
            return Answers.ok("rate limit disabled successfully");
        }
        try {
            desk.rateLimits().change(name, Optional.of(RateLimit.parse(limit.asText())));
            return Answers.ok("new rate limit set successfully");
        } catch (IllegalArgumentException e) {
            return Answers.error("Invalid rate limit string: ValueError(\"%s\")".formatted(e.getMessage()));
        }
    }

    private JsonNode timeLimit(JsonNode arguments) {
        var name = arguments.path("task_name").asText();
        if (desk.registry().find(name) == null) {
            return Answers.error("unknown task");
        }
        desk.timeLimiter()
                .change(name, new TimeLimits(seconds(arguments.path("hard")), seconds(arguments.path("soft"))));
        return Answers.ok("time limits set successfully");
    }

    private @Nullable JsonNode hello(JsonNode arguments) {
        if (arguments.path("from_node").asText().equals(desk.options().nodeName())) {
            return null;
        }
        merge(desk, arguments);
        var answer = JsonNodeFactory.instance.objectNode();
        var revoked = answer.putObject("revoked");
        desk.revocations().all().forEach((id, time) -> revoked.put(id, time.toEpochMilli() / 1e3));
        return answer.put("clock", desk.lamport().forward());
    }

    private static @Nullable Double seconds(JsonNode value) {
        return value.isNumber() || value.isTextual() ? Double.valueOf(value.asDouble()) : null;
    }
}
