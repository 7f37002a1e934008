package dev.jtask.jose;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What files say, such as those of a mounted Secret. They are looked at when they are used, once in a while; what
/// cannot be read in the midst of an exchange leaves in use what was read before.
///
/// @param <S> what is read, by which a change is seen: a time would not do for two changes in one of its ticks
final class Reread<S, T> {

    private static final Logger LOG = LoggerFactory.getLogger(Reread.class);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String name;
    private final Supplier<S> source;
    private final Function<S, T> parse;
    private final LongSupplier nanos;
    private volatile State<S, T> state;

    private record State<S, T>(S read, T value, long lookedAt) {}

    /// @param name what the log calls them
    /// @param source throws an `IllegalArgumentException` that names the file which cannot be read
    /// @param parse throws one that says what is wrong, without what must not be shown
    Reread(String name, Supplier<S> source, Function<S, T> parse, LongSupplier nanos) {
        this.name = name;
        this.source = source;
        this.parse = parse;
        this.nanos = nanos;
        var read = source.get();
        this.state = new State<>(read, parse.apply(read), nanos.getAsLong());
    }

    /// As it is, or was a few seconds ago.
    T now() {
        return after(LOOK_NANOS);
    }

    /// As it is, or was a moment ago: something is missing.
    T fresh() {
        return after(LOOK_AGAIN_NANOS);
    }

    private T after(long pause) {
        var known = state;
        return nanos.getAsLong() - known.lookedAt < pause ? known.value : look();
    }

    private synchronized T look() {
        var known = state;
        var now = nanos.getAsLong();
        var next = new State<>(known.read, known.value, now);
        try {
            var read = source.get();
            if (!read.equals(known.read)) {
                next = new State<>(read, parse.apply(read), now);
                LOG.info("{} changed: {}", name, next.value);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("{}; going on with what was read before", e.getMessage());
        }
        state = next;
        return next.value;
    }
}
