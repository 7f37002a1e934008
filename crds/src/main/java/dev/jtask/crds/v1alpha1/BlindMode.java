package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What to do while the broker does not answer.
public enum BlindMode {
    @JsonProperty("Hold")
    HOLD,
    @JsonProperty("Replicas")
    REPLICAS
}
