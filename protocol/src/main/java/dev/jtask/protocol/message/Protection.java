package dev.jtask.protocol.message;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a message is protected by on its way. Its header says so, and what follows from a task is protected as
/// the task was: its retries, the tasks that it sends, its result.
public enum Protection {
    /// The body is a JWE, and so is what the result says.
    ENCRYPTED,
    /// A header holds a signature over body and headers.
    SIGNED,
    /// The body is signed as Celery's `auth` serializer does it.
    AUTH;

    /// The word for none, by which a sender that has keys leaves a message as it is.
    public static final String NONE = "none";

    /// None where the header is not there; words that are not known are passed over.
    public static Set<Protection> of(Map<String, ? extends @Nullable Object> headers) {
        return headers.get(JtaskHeaders.PROTECTION) instanceof String words && !words.isEmpty()
                ? parse(words)
                : Collections.emptySet();
    }

    /// As the header's value.
    public static String words(Set<Protection> all) {
        return all.isEmpty()
                ? NONE
                : all.stream().map(Protection::word).sorted().collect(Collectors.joining(" "));
    }

    private static Set<Protection> parse(String words) {
        var found = EnumSet.noneOf(Protection.class);
        var named = Arrays.asList(words.split(" ", 8));
        for (var each : values()) {
            if (named.contains(each.word())) {
                found.add(each);
            }
        }
        return found;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
