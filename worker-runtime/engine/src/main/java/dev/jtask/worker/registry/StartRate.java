package dev.jtask.worker.registry;

import java.math.BigDecimal;
import java.time.Duration;

/// How many starts all workers together make in any time of one length, written as a [RateLimit].
///
/// @param text as it was written
/// @param starts at most in a period, 1 or more
/// @param period 1 ms to a day
public record StartRate(String text, int starts, Duration period) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public StartRate {
        if (starts < 1 || period.toMillis() < 1 || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a shared rate is one start a day to 1,000 each millisecond, not '%s'".formatted(text));
        }
    }

    /// `10/m` is ten in any minute, and `0.5/m` one in any two minutes.
    ///
    /// @throws IllegalArgumentException quoting the text when it is no such rate
    public static StartRate parse(String text) {
        var rate = RateLimit.parse(text);
        var parts = rate.text().split("/", 2);
        var number = new BigDecimal(parts[0]).stripTrailingZeros();
        return number.scale() > 0
                ? new StartRate(rate.text(), 1, rate.interval())
                : new StartRate(rate.text(), number.intValueExact(), unit(parts));
    }

    private static Duration unit(String[] parts) {
        return switch (parts.length < 2 ? "s" : parts[1]) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofSeconds(1);
        };
    }
}
