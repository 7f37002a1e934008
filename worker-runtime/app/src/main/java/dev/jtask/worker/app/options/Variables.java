package dev.jtask.worker.app.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads environment variables; what is wrong is said with the variable's name.
///
/// @param asked the names of all that were read
record Variables(Map<String, String> environment, Set<String> asked) {

    Variables(Map<String, String> environment) {
        this(environment, new TreeSet<>());
    }

    private String value(String name) {
        asked.add(name);
        return environment.getOrDefault(name, "").strip();
    }

    <T> T read(String name, String fallback, Function<String, T> parse) {
        var text = text(name, fallback);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            var shown = name.endsWith("_URI") || text.contains("@") ? "" : " '" + text + "'";
            throw new IllegalArgumentException("%s%s: %s".formatted(name, shown, e.getMessage()), e);
        }
    }

    /// One that may hold a password: in the variable, or in a file that another one names.
    <T> T secret(String name, String fileName, String fallback, Function<String, T> parse) {
        var file = file(fileName);
        if (file == null) {
            return read(name, fallback, parse);
        }
        if (!text(name, "").isEmpty()) {
            throw new IllegalArgumentException("%s and %s are both set; leave one away".formatted(name, fileName));
        }
        try {
            return parse.apply(Files.readString(file).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException("%s: the file cannot be read as text".formatted(fileName), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s".formatted(fileName, e.getMessage()), e);
        }
    }

    String text(String name, String fallback) {
        var value = value(name);
        return value.isEmpty() ? fallback : value;
    }

    int number(String name, int fallback, int min, int max) {
        return read(name, Integer.toString(fallback), text -> {
            int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
            if (number < min || number > max) {
                throw new IllegalArgumentException("use a number from %d to %d".formatted(min, max));
            }
            return number;
        });
    }

    <E extends Enum<E>> E choice(String name, E fallback) {
        var choices = fallback.getDeclaringClass().getEnumConstants();
        return read(
                name,
                fallback.name(),
                text -> Arrays.stream(choices)
                        .filter(choice -> choice.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("use "
                                + Arrays.stream(choices)
                                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(" or ")))));
    }

    @Nullable
    Path file(String name) {
        return value(name).isEmpty() ? null : read(name, "", Variables::readable);
    }

    private static Path readable(String text) {
        if (!Files.isReadable(Path.of(text))) {
            throw new IllegalArgumentException("the file cannot be read");
        }
        return Path.of(text);
    }
}
