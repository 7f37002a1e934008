package dev.jtask.worker.celery.control;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commands about the worker itself.
final class WorkerCommands {

    private static final int MOST_SLOTS = 10_000;

    private final Desk desk;

    private WorkerCommands(Desk desk) {
        this.desk = desk;
    }

    static Map<String, Command> of(Desk desk) {
        var commands = new WorkerCommands(desk);
        return Map.ofEntries(
                entry(
                        "pool_grow",
                        arguments -> commands.grow(arguments.path("n").asInt(1))),
                entry(
                        "pool_shrink",
                        arguments -> commands.shrink(arguments.path("n").asInt(1))),
                entry("pool_restart", arguments -> Answers.error("ValueError('Pool restarts not enabled')")),
                entry("autoscale", arguments -> Answers.error("ValueError('Autoscale not enabled')")),
                entry("add_consumer", commands::addConsumer),
                entry("cancel_consumer", commands::cancelConsumer),
                entry("enable_events", arguments -> commands.enableEvents()),
                entry("disable_events", arguments -> commands.disableEvents()),
                entry("heartbeat", arguments -> commands.heartbeat()),
                entry("election", arguments -> null),
                entry("shutdown", arguments -> commands.shutDown()));
    }

    private JsonNode grow(int more) {
        desk.slots().resize(Math.min(desk.slots().size() + more, MOST_SLOTS));
        return Answers.ok("pool will grow");
    }

    private JsonNode shrink(int less) {
        desk.slots().resize(Math.max(desk.slots().size() - less, 1));
        return Answers.ok("pool will shrink");
    }

    private JsonNode addConsumer(JsonNode arguments) {
        var queue = arguments.path("queue").asText();
        desk.switches()
                .addQueue(new Desk.Inlet(
                        queue,
                        text(arguments, "exchange", queue),
                        text(arguments, "exchange_type", "direct"),
                        text(arguments, "routing_key", queue)));
        return Answers.ok("add consumer " + queue);
    }

    /// Absent, null and empty mean the usual.
    private static String text(JsonNode arguments, String name, String usual) {
        var text = arguments.path(name).asText("");
        return text.isEmpty() || arguments.path(name).isNull() ? usual : text;
    }

    private JsonNode cancelConsumer(JsonNode arguments) {
        var queue = arguments.path("queue").asText();
        desk.switches().removeQueue(queue);
        return Answers.ok("no longer consuming from " + queue);
    }

    private JsonNode enableEvents() {
        return Answers.ok(desk.events().wantTasks(true) ? "task events enabled" : "task events already enabled");
    }

    private JsonNode disableEvents() {
        return Answers.ok(desk.events().wantTasks(false) ? "task events disabled" : "task events already disabled");
    }

    private @Nullable JsonNode heartbeat() {
        desk.events().heartbeat();
        return null;
    }

    private @Nullable JsonNode shutDown() {
        desk.switches().shutDown();
        return null;
    }
}
