package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Who decides the number of pods.
public enum ScalingMode {
    @JsonProperty("Auto")
    AUTO,
    @JsonProperty("Recommend")
    RECOMMEND,
    @JsonProperty("Off")
    OFF
}
