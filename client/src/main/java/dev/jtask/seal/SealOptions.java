package dev.jtask.seal;

import dev.jtask.protocol.json.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a process has to protect messages with.
///
/// @param keys a file with a JWK set, read again when it changes; what kinds of keys it has says what is done with
/// messages
/// @param signatures what becomes of messages that nobody vouches for
/// @param maxAge how long after it was signed, or was due, a message may start: above zero, at most a hundred years
/// @param auth for Celery's `auth` serializer
public record SealOptions(
        @Nullable Path keys,
        Signatures signatures,
        Duration maxAge,
        @Nullable AuthFiles auth) {

    public static final Duration USUAL_AGE = Duration.ofDays(1);

    /// Nothing.
    public static final SealOptions NONE = new SealOptions(null, Signatures.OFF, USUAL_AGE, null);

    /// @throws IllegalArgumentException when a signature is demanded that nothing here could check
    public SealOptions {
        if (signatures != Signatures.OFF && keys == null && auth == null) {
            throw new IllegalArgumentException(
                    "signatures can be checked with keys only; give a keys file, or the files of Celery's auth serializer");
        }
        maxAge(maxAge);
    }

    /// @throws IllegalArgumentException when it is out of range
    public static Duration maxAge(Duration age) {
        if (age.isNegative() || age.isZero() || age.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the most that a signature's age may be must be above zero and a hundred years at most, not "
                            + age);
        }
        return age;
    }

    public boolean isNone() {
        return keys == null && auth == null;
    }

    public SealOptions withKeys(Path file) {
        return new SealOptions(file, signatures, maxAge, auth);
    }

    public SealOptions withAuth(AuthFiles files) {
        return new SealOptions(keys, signatures, maxAge, files);
    }

    public SealOptions withSignatures(Signatures wanted) {
        return new SealOptions(keys, wanted, maxAge, auth);
    }

    public SealOptions withMaxAge(Duration most) {
        return new SealOptions(keys, signatures, most, auth);
    }
}
