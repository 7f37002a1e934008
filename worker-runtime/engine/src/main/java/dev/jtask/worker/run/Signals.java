package dev.jtask.worker.run;

import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where signals lie, and tasks wait for them.
public interface Signals {

    /// The value of a signal; where there is none it is sure afterwards that a task may wait. May wait for the broker,
    /// some seconds at most, and throws nothing.
    ///
    /// @param backTo the task's own queue
    Answer look(SignalPlace at, String backTo);

    /// Lets a task wait for a signal, until the expiration of its message at the longest, and no longer than until the
    /// signal is there. Blocks nobody; completes once the broker has the message, or with an
    /// [java.io.UncheckedIOException] when the same may work later.
    ///
    /// @param backTo the task's own queue
    CompletableFuture<?> park(SignalPlace at, String backTo, WireMessage message);

    /// Takes away the value that is there if it is such a one: it has the place of the true one. May wait for
    /// the broker as a look does; where nothing came of it, the value is there at the next look.
    void discard(SignalPlace at, Predicate<WireMessage> condition);

    /// A task that has waited for it has ended for good, and a next one with its id may be at work: what is that one's
    /// stays. Blocks nobody.
    ///
    /// @param value the id of the value that it got; null where it got none
    void forget(SignalPlace at, @Nullable String value);

    /// What is known of a signal.
    sealed interface Answer {

        /// Its value, as it was sent.
        record There(WireMessage value) implements Answer {}

        /// Nobody has given it yet.
        record Missing() implements Answer {}

        /// Nobody can say at the moment.
        record Unknown(String why) implements Answer {}

        /// Nobody will be able to say.
        record Refused(String why) implements Answer {}
    }
}
