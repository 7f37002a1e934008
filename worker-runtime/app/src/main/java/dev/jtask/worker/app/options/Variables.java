package dev.jtask.worker.app.options;

import dev.jtask.protocol.setting.KnownNames;
import dev.jtask.tls.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads environment variables; what is wrong is said with the variable's name.
///
/// @param asked the names of all that were read
record Variables(Map<String, String> environment, Set<String> asked) {

    private static final Pattern MISPLACED = Pattern.compile("@|://|-----BEGIN|^\\s*\\{|[\\r\\n]");

    Variables(Map<String, String> environment) {
        this(environment, new TreeSet<>());
    }

    private String value(String name) {
        asked.add(name);
        var value = environment.getOrDefault(name, "").strip();
        return KnownNames.isOfAService(name, value) ? "" : value;
    }

    /// The value may be a password, or hold one at any place: what is wrong is said without it.
    <T> T read(String name, String fallback, Function<String, T> parse) {
        try {
            return parse.apply(text(name, fallback));
        } catch (IllegalArgumentException e) {
            throw unshown(name, e);
        }
    }

    /// One that is nobody's secret, and is shown when it is wrong; not where it is another one's by its looks.
    <T> T shown(String name, String fallback, Function<String, T> parse) {
        var text = text(name, fallback);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            if (MISPLACED.matcher(text).find()) {
                var why = String.valueOf(e.getMessage());
                throw new IllegalArgumentException("%s: %s"
                        .formatted(name, why.contains(text) ? "holds what looks like an address or a key" : why));
            }
            throw new IllegalArgumentException("%s '%s': %s".formatted(name, text, e.getMessage()), e);
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
            throw unshown(fileName, e);
        }
    }

    /// Without the cause: those of the JDK repeat what they were given.
    private static IllegalArgumentException unshown(String name, IllegalArgumentException wrong) {
        return new IllegalArgumentException("%s: %s".formatted(name, wrong.getMessage()));
    }

    String text(String name, String fallback) {
        var value = value(name);
        return value.isEmpty() ? fallback : value;
    }

    int number(String name, int fallback, int min, int max) {
        return shown(name, Integer.toString(fallback), text -> {
            int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
            if (number < min || number > max) {
                throw new IllegalArgumentException("use a number from %d to %d".formatted(min, max));
            }
            return number;
        });
    }

    <E extends Enum<E>> E choice(String name, E fallback) {
        var choices = fallback.getDeclaringClass().getEnumConstants();
        return shown(
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

    /// What cannot be read is shown only where its folder is there: who takes the variable for that of the content
    /// gives a key, a token or a password.
    @Nullable
    Path file(String name) {
        var text = value(name);
        if (text.isEmpty()) {
            return null;
        }
        var path = path(text);
        if (path == null || !Files.isReadable(path)) {
            throw new IllegalArgumentException(
                    path == null || !FileName.isInAFolder(path)
                            ? "%s: the file cannot be read, and its folder is not there; give the path of a file, not what is in it"
                                    .formatted(name)
                            : "%s '%s': the file cannot be read".formatted(name, text));
        }
        return path;
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null; // its message repeats the text
        }
    }
}
