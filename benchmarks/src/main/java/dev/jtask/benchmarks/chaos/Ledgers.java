package dev.jtask.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what workers wrote down.
final class Ledgers {

    private Ledgers() {}

    /// @param folder with files named `<worker>-<generation>.runs`
    static List<Run> read(Path folder) throws IOException {
        var runs = new ArrayList<Run>();
        try (var files = Files.newDirectoryStream(folder, "*.runs")) {
            for (var file : files) {
                int worker = Integer.parseInt(file.getFileName().toString().split("-", 2)[0]);
                runs.addAll(parse(worker, Files.readAllLines(file)));
            }
        }
        return runs;
    }

    /// A process never runs a task beside itself but for one whose connection was lost: ends belong to the oldest
    /// start.
    static List<Run> parse(int worker, List<String> lines) {
        var runs = new ArrayList<Run>();
        Map<String, Deque<Integer>> open = new HashMap<>();
        for (var line : lines) {
            var words = line.split(" ", -1);
            if (words.length != 4) {
                throw new IllegalArgumentException("a ledger has the line '%s'".formatted(line));
            }
            int attempt = Integer.parseInt(words[2]);
            long time = Long.parseLong(words[3]);
            var same = open.computeIfAbsent(words[1] + " " + attempt, key -> new ArrayDeque<>());
            if (words[0].equals("E")) {
                int place = same.remove();
                var begun = runs.get(place);
                runs.set(place, new Run(words[1], attempt, worker, begun.start(), time, begun.again()));
            } else {
                same.add(runs.size());
                runs.add(new Run(words[1], attempt, worker, time, Run.NEVER, words[0].equals("R")));
            }
        }
        return runs;
    }
}
