package dev.jtask.worker.run;

import dev.jtask.protocol.topology.LimitScope;
import java.time.Duration;

/// What all workers of a virtual host know together of limited tasks. Either call may wait for the broker, some
/// seconds at most, and throws nothing.
public interface Permits {

    /// Asks for one of so many runs at the same time.
    Answer run(LimitScope of, int most);

    /// Asks for one of so many starts in a time. It is used up when it is granted.
    Answer start(LimitScope of, int most, Duration period);

    /// What a task that asked may do.
    sealed interface Answer {

        /// It may run.
        ///
        /// @param permit to be closed when the run is over
        record Granted(Permit permit) implements Answer {}

        /// Others do already what may be done.
        record Full() implements Answer {}

        /// Nobody can say.
        record Unknown(String why) implements Answer {}
    }

    /// One run among those that are counted. It ends with the worker, whatever becomes of that.
    @FunctionalInterface
    interface Permit extends AutoCloseable {

        /// For what nobody counts.
        Permit NONE = () -> {};

        @Override
        void close();
    }
}
