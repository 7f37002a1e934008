package dev.jtask.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/// What came of a chord whose parts are all there.
public sealed interface Joined {

    /// In the order of the header.
    record Results(ArrayNode values) implements Joined {}

    /// @param taskId the first part that failed
    /// @param error as an encoded exception
    record Failed(String taskId, JsonNode error) implements Joined {}
}
