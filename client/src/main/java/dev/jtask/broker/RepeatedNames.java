package dev.jtask.broker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The names of headers, which are the same in message after message: the same object each time, whose hash is known,
/// for as long as no other takes its place. Safe for any thread; what one does not see of another it makes anew.
final class RepeatedNames {

    private static final int PLACES = 256;
    private static final int LONGEST = 40;

    private static final @Nullable Known[] PLACED = new @Nullable Known[PLACES];

    private static final class Known {

        private final byte[] bytes;
        private final String name;

        Known(byte[] bytes) {
            this.bytes = bytes;
            this.name = new String(bytes, StandardCharsets.UTF_8);
        }

        boolean is(byte[] all, int from, int length) {
            return Arrays.equals(bytes, 0, bytes.length, all, from, from + length);
        }
    }

    private RepeatedNames() {}

    /// What is written there in UTF-8.
    static String name(byte[] all, int from, int length) {
        if (length > LONGEST) {
            return new String(all, from, length, StandardCharsets.UTF_8);
        }
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + all[i];
        }
        int place = (hash ^ hash >>> Byte.SIZE) & (PLACES - 1);
        var known = PLACED[place];
        if (known == null || !known.is(all, from, length)) {
            known = new Known(Arrays.copyOfRange(all, from, from + length));
            PLACED[place] = known;
        }
        return known.name;
    }
}
