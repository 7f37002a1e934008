package dev.jtask.task;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as people write them in configuration: `500ms`, `30s`, `5m`, `1h30m`.
public final class Durations {

    /// More parts nobody writes; so many can be matched and added up.
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|h|d)){1,20}");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private Durations() {}

    /// @throws IllegalArgumentException quoting the text when it is no duration
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no duration; write 500ms, 30s, 5m or 1h30m".formatted(text));
        }
        return PART.matcher(text)
                .results()
                .map(part -> amount(Long.parseLong(part.group(1)), part.group(2)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration amount(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
