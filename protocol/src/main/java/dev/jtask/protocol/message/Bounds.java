package dev.jtask.protocol.message;

import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.WireDates;
import dev.jtask.protocol.text.Beginning;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a message may say: no more than whoever reads it takes, so that what can be made can be read.
final class Bounds {

    private Bounds() {}

    /// Of what has to travel as a short string too.
    static void id(String name, @Nullable String text) {
        if (text != null && !Headers.isShort(text)) {
            throw new IllegalArgumentException("%s '%s' is longer than %d bytes; shorten it"
                    .formatted(name, Beginning.of(text, 40), Limits.SHORT_BYTES));
        }
    }

    static void text(String name, @Nullable String text) {
        if (text != null && text.length() > Limits.HEADER_TEXT) {
            throw new IllegalArgumentException("%s '%s' is longer than %d characters; shorten it"
                    .formatted(name, Beginning.of(text, 40), Limits.HEADER_TEXT));
        }
    }

    static void count(String name, @Nullable Integer count) {
        if (count != null && count < 0) {
            throw new IllegalArgumentException("%s must be 0 or more, not %d".formatted(name, count));
        }
    }

    static void time(String name, @Nullable Instant time) {
        if (time != null && !WireDates.isWritable(time)) {
            throw new IllegalArgumentException(
                    "%s must be a time of the years 1 to 9999, not %s".formatted(name, time));
        }
    }
}
