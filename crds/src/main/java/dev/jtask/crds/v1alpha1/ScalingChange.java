package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/// One change of a pool's size.
public record ScalingChange(
        @JsonPropertyDescription("When, RFC 3339.") String at,

        @JsonPropertyDescription("The number of pods before.")
        Integer from,

        @JsonPropertyDescription("The number of pods after.")
        Integer to,

        @JsonPropertyDescription("What decided that number, one word.")
        String reason,

        @JsonPropertyDescription("The decision in a sentence, with its inputs.")
        String message) {}
