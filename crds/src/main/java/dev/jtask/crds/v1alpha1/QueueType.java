package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The kinds of queue that can be created.
public enum QueueType {
    @JsonProperty("quorum")
    QUORUM,
    @JsonProperty("classic")
    CLASSIC
}
