package dev.jtask.protocol.topology;

import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.JtaskHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Of all messages of a task with one key, workers run one: the others within the window after it get its result.
///
/// @param key any text of 1 to 250 characters
/// @param window a second to a hundred years
public record IdempotencyKey(String key, Duration window) {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int LONGEST = 250;

    public IdempotencyKey {
        if (key.isBlank() || key.length() > LONGEST) {
            throw new IllegalArgumentException("an idempotency key has 1 to 250 characters, not '%s'".formatted(key));
        }
        if (window.toSeconds() < 1) {
            throw new IllegalArgumentException("the window of an idempotency key is at least a second, not " + window);
        }
        if (window.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the window of an idempotency key is a hundred years at most, not " + window);
        }
    }

    /// The key that a message's headers give; empty without one.
    ///
    /// @throws IllegalArgumentException when the headers cannot be used
    public static Optional<IdempotencyKey> in(Map<String, @Nullable Object> headers) {
        var header = headers.get(JtaskHeaders.IDEMPOTENCY_KEY);
        if (header == null) {
            return Optional.empty();
        }
        if (header instanceof String key) {
            return Optional.of(new IdempotencyKey(key, window(headers.get(JtaskHeaders.IDEMPOTENCY_WINDOW))));
        }
        throw new IllegalArgumentException("header %s is no text: %s".formatted(JtaskHeaders.IDEMPOTENCY_KEY, header));
    }

    private static Duration window(@Nullable Object header) {
        if (header == null) {
            return DAY;
        }
        if (header instanceof Number seconds) {
            return Duration.ofSeconds(seconds.longValue());
        }
        throw new IllegalArgumentException(
                "header %s is no number of seconds: %s".formatted(JtaskHeaders.IDEMPOTENCY_WINDOW, header));
    }
}
