package dev.jtask.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/// Two builds of the same sources, file by file: they should be one.
record Differences(Path one, Path other) {

    private static final Pattern COMPARED = Pattern.compile(".*\\.(jar|pom|json|xml)");
    private static final int MOST_NAMED = 5;

    /// A line for each file that is not the same in both; of a jar, with what differs inside.
    List<String> lines() {
        var first = files(one);
        var second = files(other);
        var names = new TreeSet<>(first);
        names.addAll(second);
        var lines = new ArrayList<String>();
        for (var name : names) {
            if (!first.contains(name) || !second.contains(name)) {
                lines.add("%s: only one build made it".formatted(name));
            } else if (!Sums.of(one.resolve(name), "SHA-256").equals(Sums.of(other.resolve(name), "SHA-256"))) {
                lines.add("%s: not the same in both builds%s".formatted(name, inside(name)));
            }
        }
        return lines;
    }

    private String inside(String name) {
        if (!name.endsWith(".jar")) {
            return "";
        }
        var first = entries(one.resolve(name));
        var second = entries(other.resolve(name));
        var all = new TreeMap<>(first);
        all.putAll(second);
        var differing = all.keySet().stream()
                .filter(entry -> !first.getOrDefault(entry, -1L).equals(second.getOrDefault(entry, -1L)))
                .limit(MOST_NAMED)
                .toList();
        return differing.isEmpty() ? ", in order or dates" : ": " + String.join(", ", differing);
    }

    private static Map<String, Long> entries(Path jar) {
        try (var open = new ZipFile(jar.toFile())) {
            var entries = new TreeMap<String, Long>();
            open.stream().forEach(entry -> entries.put(entry.getName(), entry.getCrc()));
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(Path repository) {
        try (var files = Files.walk(repository)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> repository.relativize(file).toString())
                    .filter(name -> COMPARED.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
