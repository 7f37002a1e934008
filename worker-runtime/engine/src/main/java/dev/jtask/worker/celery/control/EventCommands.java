package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.worker.celery.events.EventSwitch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commands about the worker's events. Flower asks for them every few seconds: what is so already changes nothing.
final class EventCommands {

    private final EventSwitch events;

    private EventCommands(EventSwitch events) {
        this.events = events;
    }

    static Map<String, Command> of(EventSwitch events) {
        var commands = new EventCommands(events);
        return Map.of(
                "enable_events", new Command(arguments -> !events.isTasksWanted(), arguments -> commands.enable()),
                "disable_events", new Command(arguments -> events.isTasksWanted(), arguments -> commands.disable()),
                "heartbeat", Command.question(arguments -> commands.heartbeat()));
    }

    private JsonNode enable() {
        if (events.isTasksWanted()) {
            return Answers.ok("task events already enabled");
        }
        events.wantTasks(true);
        return Answers.ok("task events enabled");
    }

    private JsonNode disable() {
        if (!events.isTasksWanted()) {
            return Answers.ok("task events already disabled");
        }
        events.wantTasks(false);
        return Answers.ok("task events disabled");
    }

    private @Nullable JsonNode heartbeat() {
        events.heartbeat();
        return null;
    }
}
