package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What happens to a queue when its pool is deleted.
public enum DeletionPolicy {
    @JsonProperty("Retain")
    RETAIN,
    @JsonProperty("Delete")
    DELETE
}
