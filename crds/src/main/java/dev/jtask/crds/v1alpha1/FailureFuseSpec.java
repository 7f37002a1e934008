package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// When a pool does not grow because what it runs fails.
public record FailureFuseSpec(
        @JsonPropertyDescription(
                "The pool does not grow while so many percent of its runs fail, or of its deliveries came before; 0 turns that off.")
        @Default("50")
        @Min(0)
        @Max(100)
        Integer failedPercent,

        @JsonPropertyDescription("The time that is looked at, such as 1m.")
        @Default("1m")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "scaling.failureFuse.within" + Durations.SUCH_AS)
        @ValidationRule(
                value = "self.matches('[1-9]')",
                message = "scaling.failureFuse.within must be longer than 0s: nothing ends in no time")
        String within,

        @JsonPropertyDescription("Fewer runs than these in that time say nothing.")
        @Default("20")
        @Min(1)
        @Max(1_000_000)
        Integer leastRuns) {

    static final FailureFuseSpec DEFAULTS = new FailureFuseSpec(null, null, null);

    public FailureFuseSpec(@Nullable Integer failedPercent, @Nullable String within, @Nullable Integer leastRuns) {
        this.failedPercent = failedPercent == null ? 50 : failedPercent;
        this.within = within == null ? "1m" : within;
        this.leastRuns = leastRuns == null ? 20 : leastRuns;
    }
}
