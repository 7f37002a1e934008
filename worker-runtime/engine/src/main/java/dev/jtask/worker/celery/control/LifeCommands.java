package dev.jtask.worker.celery.control;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Commands about the worker's size and end.
final class LifeCommands {

    private final LifeControl life;

    private LifeCommands(LifeControl life) {
        this.life = life;
    }

    static Map<String, Command> of(LifeControl life) {
        var commands = new LifeCommands(life);
        return Map.ofEntries(
                entry("pool_grow", Command.change(commands::grow)),
                entry("pool_shrink", Command.change(commands::shrink)),
                entry("pool_restart", Command.question(arguments -> refused("Pool restarts not enabled"))),
                entry("autoscale", Command.question(arguments -> refused("Autoscale not enabled"))),
                entry("election", Command.question(arguments -> null)),
                entry("shutdown", Command.change(commands::shutDown)));
    }

    private JsonNode grow(Arguments arguments) {
        int slots = life.vitals().slots();
        int more = arguments.whole("n", 1, LifeControl.MOST_SLOTS);
        if (slots >= LifeControl.MOST_SLOTS) {
            throw new IllegalArgumentException("the pool has %d slots, the most there may be".formatted(slots));
        }
        life.resize(Math.min(slots + more, LifeControl.MOST_SLOTS));
        return Answers.ok("pool will grow");
    }

    private JsonNode shrink(Arguments arguments) {
        int slots = life.vitals().slots();
        int less = arguments.whole("n", 1, LifeControl.MOST_SLOTS);
        if (slots <= 1) {
            throw new IllegalArgumentException("the pool has one slot, the fewest there may be");
        }
        life.resize(Math.max(slots - less, 1));
        return Answers.ok("pool will shrink");
    }

    private @Nullable JsonNode shutDown(Arguments arguments) {
        life.shutDown();
        return null;
    }

    private static JsonNode refused(String why) {
        return Answers.raised("ValueError", why);
    }
}
