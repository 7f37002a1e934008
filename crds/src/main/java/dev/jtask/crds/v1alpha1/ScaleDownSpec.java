package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How fast to shrink.
public record ScaleDownSpec(
        @JsonPropertyDescription("The pool shrinks to the most that was needed within this time, such as 30s.")
        @Default("30s")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "scaling.scaleDown.stabilization" + Durations.SUCH_AS)
        String stabilization,

        @JsonPropertyDescription("The largest share of the pods that one step removes, in percent.")
        @Default("100")
        @Min(1)
        @Max(100)
        Integer maxPercent) {

    public ScaleDownSpec(@Nullable String stabilization, @Nullable Integer maxPercent) {
        this.stabilization = stabilization == null ? "30s" : stabilization;
        this.maxPercent = maxPercent == null ? 100 : maxPercent;
    }
}
