package dev.jtask.broker;

import java.time.Duration;

/// Whether a loop makes progress, for its owner's health check. A broker, or a name server, that does not answer is no
/// fault of the loop's: while it waits for one, in calls that each have a deadline, it counts as at work.
public final class Pulse {

    /// No call to the broker takes so long, with all its addresses, at the largest `connection_timeout`.
    private static final Duration LONGEST = Duration.ofHours(1);

    private volatile long beat = System.nanoTime();
    private volatile boolean waiting;

    /// Waits for a broker's answer.
    @FunctionalInterface
    public interface Call<T, E extends Exception> {
        T make() throws E;
    }

    /// Waits for a broker that has nothing to say.
    @FunctionalInterface
    public interface Step<E extends Exception> {
        void make() throws E;
    }

    /// The loop goes round; for its own thread.
    public void beat() {
        beat = System.nanoTime();
    }

    /// The time since the loop last showed that it is at work; for any thread.
    public Duration since() {
        // in this order: the end of a wait is a beat first
        boolean mayTakeLong = waiting;
        var since = Duration.ofNanos(System.nanoTime() - beat);
        return mayTakeLong && since.compareTo(LONGEST) < 0 ? Duration.ZERO : since;
    }

    /// For the loop's own thread.
    public <T, E extends Exception> T ask(Call<T, E> call) throws E {
        beat();
        waiting = true;
        try {
            return call.make();
        } finally {
            beat();
            waiting = false;
        }
    }

    /// For the loop's own thread.
    public <E extends Exception> void whileWaiting(Step<E> step) throws E {
        this.<Pulse, E>ask(() -> {
            step.make();
            return this;
        });
    }
}
