package dev.jtask.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;

/// What has to become of one task.
///
/// @param attempts it ends with the last of them
/// @param parents the tasks whose end sends it; none when it is sent from outside
record Expected(String key, int attempts, List<String> parents, End end) {

    /// How a task ends.
    enum End {
        /// It ran to its end.
        DONE,
        /// It is with the dead letters of its queue.
        DEAD
    }

    static Expected sent(String key, int attempts, End end) {
        return new Expected(key, attempts, List.of(), end);
    }

    static List<Expected> chain(Errand errand, int steps) {
        var all = new ArrayList<Expected>();
        for (int step = 1; step <= steps; step++) {
            all.add(new Expected(
                    errand.part(step), 1, step == 1 ? List.of() : List.of(errand.part(step - 1)), End.DONE));
        }
        return all;
    }

    static List<Expected> chord(Errand errand, int parts) {
        var all = new ArrayList<Expected>();
        var keys = new ArrayList<String>();
        for (int part = 1; part <= parts; part++) {
            keys.add(errand.part(part));
            all.add(sent(errand.part(part), 1, End.DONE));
        }
        all.add(new Expected(errand.part(parts + 1), 1, List.copyOf(keys), End.DONE));
        return all;
    }
}
