package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How fast to grow.
public record ScaleUpSpec(
        @JsonPropertyDescription("How long more pods must be needed before any is added, such as 0s.")
        @Default("0s")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "scaling.scaleUp.stabilization" + Durations.SUCH_AS)
        String stabilization,

        @JsonPropertyDescription(
                "How long a pool whose further pods did no more waits before it tries again, each time twice as long up to 1h; 0s: it always grows.")
        @Default("5m")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "scaling.scaleUp.retryAfter" + Durations.SUCH_AS)
        String retryAfter) {

    public ScaleUpSpec(@Nullable String stabilization, @Nullable String retryAfter) {
        this.stabilization = stabilization == null ? "0s" : stabilization;
        this.retryAfter = retryAfter == null ? "5m" : retryAfter;
    }
}
