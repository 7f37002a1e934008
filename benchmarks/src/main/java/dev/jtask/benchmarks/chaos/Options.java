package dev.jtask.benchmarks.chaos;

import java.nio.file.Path;
import java.util.Map;

/// What a run is asked for.
///
/// @param home the checkout, built
/// @param folder gets ledgers and logs, and is kept
record Options(Path home, Path folder, int tasks, int kills, int restarts, long seed, Queues queues) {

    /// One worker for results that are sent back would leave nobody while it is away.
    static final int WORKERS = 4;

    /// @param variables `TASKS`, `KILLS`, `RESTARTS`, `SEED` and `QUEUES`; those that are missing or empty have
    /// defaults
    static Options of(Path home, Path folder, Map<String, String> variables) {
        return new Options(
                home,
                folder,
                number(variables, "TASKS", 5_000),
                number(variables, "KILLS", 10),
                number(variables, "RESTARTS", 3),
                number(variables, "SEED", 1),
                Queues.parse(text(variables, "QUEUES", "both")));
    }

    private static int number(Map<String, String> variables, String name, int usual) {
        var text = text(variables, name, Integer.toString(usual));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is a whole number, not %s".formatted(name, text), e);
        }
    }

    private static String text(Map<String, String> variables, String name, String usual) {
        var text = variables.getOrDefault(name, "");
        return text.isEmpty() ? usual : text;
    }
}
