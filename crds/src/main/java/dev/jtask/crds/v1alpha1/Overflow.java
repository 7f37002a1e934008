package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a full queue does.
public enum Overflow {
    @JsonProperty("drop-head")
    DROP_HEAD,
    @JsonProperty("reject-publish")
    REJECT_PUBLISH
}
