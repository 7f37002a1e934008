package dev.jtask.worker.registry;

import java.time.Duration;
import java.util.regex.Pattern;

/// How often a task may start, written as in Celery: `10/s`, `100/m`, `5/h`, or a number for each second.
///
/// @param text as it was written
/// @param interval between two starts
public record RateLimit(String text, Duration interval) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(?:/([smh]))?");

    public RateLimit {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException(
                    "the interval of a rate limit must be longer than zero, not " + interval);
        }
    }

    /// @throws IllegalArgumentException quoting the text when it is no rate
    public static RateLimit parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches() || Double.parseDouble(match.group(1)) <= 0) {
            throw new IllegalArgumentException("'%s' is no rate limit; write 10/s, 100/m or 5/h".formatted(text));
        }
        double seconds = switch (match.group(2)) {
            case "m" -> 60;
            case "h" -> 3600;
            case null, default -> 1;
        };
        return new RateLimit(
                text.strip(), Duration.ofNanos(Math.round(seconds * 1e9 / Double.parseDouble(match.group(1)))));
    }
}
