package dev.jtask.broker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Lets what one thread writes go to the broker together. The AMQP client hands each message to the network for itself,
/// which is a call of the system for each, and a small packet.
public final class Flushing {

    private static final ThreadLocal<Flushing> HERE = ThreadLocal.withInitial(Flushing::new);

    private boolean later;
    private @Nullable Write due;

    private Flushing() {}

    /// Writes, or hands on what was written.
    @FunctionalInterface
    public interface Write {
        void run() throws IOException;
    }

    /// Writes what this thread sends on with [#now]. To wait for an answer to it would be to wait for ever.
    public static void later(Write write) throws IOException {
        var here = HERE.get();
        here.later = true;
        try {
            write.run();
        } finally {
            here.later = false;
        }
    }

    /// Hands on what was written, if nobody else has.
    public static void now() throws IOException {
        var here = HERE.get();
        var flush = here.due;
        here.due = null;
        if (flush != null) {
            flush.run();
        }
    }

    /// Forgets what was written: its connection is gone.
    static void never() {
        HERE.get().due = null;
    }

    /// Whether it is done later; for who hands on.
    public static boolean isPutOff(Write flush) {
        var here = HERE.get();
        if (here.later) {
            here.due = flush;
        }
        return here.later;
    }
}
