package dev.jtask.tls;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What files say now; what they said before while they cannot be read, as in the midst of being exchanged.
final class Renewed<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Renewed.class);

    private final Source<T> source;
    private volatile T last;

    private Renewed(Source<T> source, T first) {
        this.source = source;
        this.last = first;
    }

    /// Reads files.
    interface Source<T> {
        T read() throws IOException;
    }

    static <T> Renewed<T> of(Source<T> source) throws IOException {
        return new Renewed<>(source, read(source));
    }

    T now() {
        try {
            last = read(source);
        } catch (IOException e) {
            LOG.warn("{}; going on with what was read before", e.getMessage());
        }
        return last;
    }

    /// As it was the last time.
    T last() {
        return last;
    }

    private static <T> T read(Source<T> source) throws IOException {
        try {
            return source.read();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(
                    "cannot read %s (%s)".formatted(e.getMessage(), e.getClass().getSimpleName()), e);
        }
    }
}
