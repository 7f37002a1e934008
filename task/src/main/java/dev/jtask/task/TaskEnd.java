package dev.jtask.task;

import com.fasterxml.jackson.databind.JsonNode;

/// How a member of a group ended, as told to what runs [once all have][dev.jtask.task.request.Group#whenEnded].
///
/// @param id the task's
/// @param state Celery's: `SUCCESS`, `FAILURE` or `REVOKED`
/// @param result what it returned; of one that did not succeed its exception, as an object with `exc_type` and
///     `exc_message`
public record TaskEnd(String id, String state, JsonNode result) {

    /// Whether it has a result.
    public boolean succeeded() {
        return state.equals("SUCCESS");
    }
}
