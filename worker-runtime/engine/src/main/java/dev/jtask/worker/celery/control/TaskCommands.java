package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Commands that limit tasks.
final class TaskCommands {

    /// A task that starts less often does not start as far as anybody can see.
    private static final Duration SLOWEST = Duration.ofDays(1);

    private final TaskRegistry registry;
    private final LimitControl limits;

    private TaskCommands(TaskRegistry registry, LimitControl limits) {
        this.registry = registry;
        this.limits = limits;
    }

    static Map<String, Command> of(TaskRegistry registry, LimitControl limits) {
        var commands = new TaskCommands(registry, limits);
        return Map.of(
                "rate_limit", Command.change(commands::rateLimit),
                "time_limit", Command.change(commands::timeLimit));
    }

    private JsonNode rateLimit(Arguments arguments) {
        var task = arguments.name("task_name", "");
        if (registry.find(task) == null) {
            return Answers.error("unknown task");
        }
        var asked = arguments.get("rate_limit");
        if (asked.isMissingNode()) {
            throw new IllegalArgumentException("rate_limit is missing");
        }
        try {
            var limit = rate(asked);
            if (limit.isEmpty()) {
                limits.liftRate(task);
                return Answers.ok("rate limit disabled successfully");
            }
            limits.changeRate(task, limit.get());
            return Answers.ok("new rate limit set successfully");
        } catch (IllegalArgumentException e) {
            return Answers.error(
                    "Invalid rate limit string: ValueError(%s)".formatted(PyRepr.of(TextNode.valueOf(e.getMessage()))));
        }
    }

    /// Null, nothing and zero mean no limit.
    private static Optional<RateLimit> rate(JsonNode asked) {
        if (asked.isNull() || (asked.isNumber() && asked.doubleValue() == 0)) {
            return Optional.empty();
        }
        if (!asked.isNumber() && !asked.isTextual()) {
            throw new IllegalArgumentException("a rate limit is a text such as 10/s, or a number");
        }
        var text = asked.asText();
        if (text.isEmpty() || text.equals("0")) {
            return Optional.empty();
        }
        var limit = RateLimit.parse(text);
        if (limit.interval().compareTo(SLOWEST) > 0) {
            throw new IllegalArgumentException("'%s' is less than one start a day".formatted(text));
        }
        return Optional.of(limit);
    }

    private JsonNode timeLimit(Arguments arguments) {
        var task = arguments.name("task_name", "");
        if (registry.find(task) == null) {
            return Answers.error("unknown task");
        }
        limits.changeTimes(task, new TimeLimits(arguments.seconds("hard"), arguments.seconds("soft")));
        return Answers.ok("time limits set successfully");
    }
}
