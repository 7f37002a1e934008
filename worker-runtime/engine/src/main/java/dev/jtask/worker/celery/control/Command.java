package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One remote control command.
@FunctionalInterface
interface Command {

    /// @param arguments an object
    /// @return the reply; null when there is none
    @Nullable
    JsonNode run(JsonNode arguments);
}
