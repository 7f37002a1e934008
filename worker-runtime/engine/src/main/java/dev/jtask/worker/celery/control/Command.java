package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One remote control command.
///
/// @param changes whether it changes something, given these arguments
record Command(Predicate<Arguments> changes, Body body) {

    /// What it does.
    @FunctionalInterface
    interface Body {

        /// @return the reply; null when there is none
        /// @throws IllegalArgumentException when the arguments do not fit
        /// @throws IOException when the broker refuses
        @Nullable
        JsonNode run(Arguments arguments) throws IOException;
    }

    static Command question(Body body) {
        return new Command(arguments -> false, body);
    }

    static Command change(Body body) {
        return new Command(arguments -> true, body);
    }
}
