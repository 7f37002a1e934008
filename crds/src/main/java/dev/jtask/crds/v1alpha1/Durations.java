package dev.jtask.crds.v1alpha1;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// The durations of the resources: hours, minutes and seconds in this order, such as `90s` or `1h30m`.
public final class Durations {

    static final String PATTERN = "^([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,7}s)?$";

    /// Of the schema, which says it in words: a pattern's own message has but the pattern.
    static final String RULE = "self.matches('" + PATTERN + "')";

    static final String SUCH_AS = " must be a duration such as 30s, 5m or 1h30m";

    /// Each pool's are read at each look.
    private static final Pattern PARTS = Pattern.compile(PATTERN);

    private Durations() {}

    /// @throws IllegalArgumentException when the text is not such a duration
    public static Duration parse(String text) {
        if (text.isEmpty() || !PARTS.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is not a duration such as 30s, 5m or 1h30m".formatted(text));
        }
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
