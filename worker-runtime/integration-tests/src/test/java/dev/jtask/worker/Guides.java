package dev.jtask.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The guides, and the tables of docs/operating-a-worker.md, to be compared with what there is and what a worker does.
final class Guides {

    private static final Pattern WORD = Pattern.compile("`([^`]+)`");

    static final Path CHECKOUT = Path.of("../..");

    private Guides() {}

    static String operating() throws IOException {
        return Files.readString(CHECKOUT.resolve("docs/operating-a-worker.md"));
    }

    /// All that is written for readers: the guides, the pages beside them and those of the examples.
    static List<Path> pages() throws IOException {
        try (var guides = Files.list(CHECKOUT.resolve("docs"));
                var examples = Files.list(CHECKOUT.resolve("examples"));
                var others = Files.list(CHECKOUT)) {
            return Stream.of(guides, others, examples.map(folder -> folder.resolve("README.md")))
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md") && Files.exists(file))
                    .sorted()
                    .toList();
        }
    }

    /// The one row of a table whose first cell starts with this name; its cells, without the bars.
    static String[] row(String name) throws IOException {
        var rows = operating()
                .lines()
                .filter(line -> line.startsWith("| `" + name))
                .toList();
        if (rows.size() != 1) {
            throw new IllegalStateException("one row for %s wanted, found %s".formatted(name, rows));
        }
        return cells(rows.getFirst());
    }

    /// What the first column of the table under a heading names.
    static Set<String> firstColumn(String heading) throws IOException {
        var section = operating().split("\n## " + heading + "\n", -1)[1].split("\n## ", -1)[0];
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> words(cells(line), 0).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The words of a cell that stand as code.
    static Set<String> words(String[] cells, int column) {
        return WORD.matcher(cells[column])
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String[] cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|", -1))
                .map(String::strip)
                .toArray(String[]::new);
    }
}
