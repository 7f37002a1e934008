package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What the number of pods shall achieve: one of two.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.drainTime) != has(self.backlogPerReplica)",
        message = "scaling.objective takes exactly one of drainTime and backlogPerReplica: remove one or set one")
public record ObjectiveSpec(
        @JsonPropertyDescription("Enough pods to work off the whole backlog within this time, such as 60s.")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "scaling.objective.drainTime" + Durations.SUCH_AS)
        @ValidationRule(
                value = "self.matches('[1-9]')",
                message =
                        "scaling.objective.drainTime must be longer than 0s: no number of pods drains a queue at once")
        @Nullable
        String drainTime,

        @JsonPropertyDescription("One pod for so many messages.") @Min(1) @Max(1_000_000_000) @Nullable
        Integer backlogPerReplica) {}
