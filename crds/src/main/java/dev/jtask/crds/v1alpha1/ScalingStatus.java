package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last scaling decision.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScalingStatus(
        @JsonPropertyDescription("How many pods the pool should have.")
        Integer desiredReplicas,

        @JsonPropertyDescription(
                "In mode Recommend, how many pods the Deployment asks for; one that is deleted comes back with as many.")
        @Nullable
        Integer deployedReplicas,

        @JsonPropertyDescription("What decided that number, one word.")
        String reason,

        @JsonPropertyDescription("The decision in a sentence, with its inputs.")
        String message,

        @JsonPropertyDescription("When the number of pods last changed, RFC 3339.") @Nullable
        String lastScaleTime,

        @JsonPropertyDescription(
                "When the number of pods can change at the earliest if the figures stay, RFC 3339; absent when at any look.")
        @Nullable
        String notBefore,

        @JsonPropertyDescription("When a window of the pool opens or closes next, RFC 3339; absent when none does.")
        @Nullable
        String nextWindow,

        @JsonPropertyDescription("What the decision was computed from, as it was when the decision last changed.")
        @Nullable
        ScalingTerms terms,

        @JsonPropertyDescription("What keeps the pool from growing, for the operator that comes after a restart.")
        @Nullable
        ScalingGuards guards,

        @JsonPropertyDescription(
                "The last 20 changes of the number of pods, the oldest first; of the recommended number in mode Recommend.")
        List<ScalingChange> history) {

    public ScalingStatus {
        history = history == null ? List.of() : List.copyOf(history);
    }
}
