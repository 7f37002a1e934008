package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What to do while the broker does not answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(self.mode == 'Replicas') == has(self.replicas)",
        message = "scaling.whenBlind.replicas belongs to mode Replicas: set both, or neither")
public record WhenBlindSpec(
        @JsonPropertyDescription("Hold: keep the pods there are. Replicas: have at least whenBlind.replicas of them.")
        @Default("Hold")
        BlindMode mode,

        @JsonPropertyDescription("The number of pods for mode Replicas.") @Min(0) @Max(10_000) @Nullable
        Integer replicas) {

    public WhenBlindSpec(@Nullable BlindMode mode, @Nullable Integer replicas) {
        this.mode = mode == null ? BlindMode.HOLD : mode;
        this.replicas = replicas;
    }
}
