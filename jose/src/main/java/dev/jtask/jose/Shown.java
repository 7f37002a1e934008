package dev.jtask.jose;

import dev.jtask.protocol.message.Excerpt;
import org.jspecify.annotations.Nullable;

/// What others have written, in sentences of ours.
final class Shown {

    private static final int LONGEST = 300;

    private Shown() {}

    static String of(@Nullable Object text) {
        return Excerpt.of(String.valueOf(text), LONGEST);
    }
}
