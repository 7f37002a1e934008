package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.worker.registry.RateLimit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commands that limit tasks.
final class TaskCommands {

    private final Desk desk;

    private TaskCommands(Desk desk) {
        this.desk = desk;
    }

    static Map<String, Command> of(Desk desk) {
        var commands = new TaskCommands(desk);
        return Map.of(
                "rate_limit", commands::rateLimit,
                "time_limit", commands::timeLimit);
    }

    private JsonNode rateLimit(JsonNode arguments) {
        var name = arguments.path("task_name").asText();
        if (desk.registry().find(name) == null) {
            return Answers.error("unknown task");
        }
        var limit = arguments.path("rate_limit");
        if (limit.isNull() || limit.asText("0").equals("0")) {
            desk.rateLimits().lift(name);
            return Answers.ok("rate limit disabled successfully");
        }
        try {
            desk.rateLimits().change(name, RateLimit.parse(limit.asText()));
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

    private static @Nullable Double seconds(JsonNode value) {
        return value.isNumber() || value.isTextual() ? Double.valueOf(value.asDouble()) : null;
    }
}
