package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A queue as the broker last described it; a number that it did not give is absent.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueStatus(
        @JsonPropertyDescription("The queue.") String name,

        @JsonPropertyDescription("Messages waiting.") @Nullable
        Long ready,

        @JsonPropertyDescription("Messages being worked on.") @Nullable
        Long unacked,

        @JsonPropertyDescription("Open consumers.") @Nullable
        Long consumers) {}
