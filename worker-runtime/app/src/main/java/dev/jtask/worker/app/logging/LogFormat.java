package dev.jtask.worker.app.logging;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.Logger;

/// How log lines look: for people on a terminal, or for a collector in a container.
public enum LogFormat {
    TEXT,
    JSON;

    /// Held, for the logging framework forgets the levels of loggers that nobody holds.
    private static final Logger JTASK = Logger.getLogger("dev.jtask");

    void install(Level level, String pool) {
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        var console = new ConsoleHandler();
        console.setFormatter(formatter(pool));
        console.setLevel(Level.ALL);
        root.addHandler(console);
        root.setLevel(Level.INFO);
        // libraries stay at info: their debug lines are many and say little of tasks
        JTASK.setLevel(level);
    }

    private Formatter formatter(String pool) {
        return switch (this) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines(pool);
        };
    }

    static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }
}
