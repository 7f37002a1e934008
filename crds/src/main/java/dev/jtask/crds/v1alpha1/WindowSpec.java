package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Hours in which the pool has another floor or ceiling.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.end) != has(self.duration)",
        message = "a window ends at a time or after a while: set exactly one of end and duration")
@ValidationRule(
        value = "has(self.minReplicas) || has(self.maxReplicas)",
        message = "a window without minReplicas and maxReplicas changes nothing: set one of them")
@ValidationRule(
        value = "!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas",
        message = "a window's minReplicas is greater than its maxReplicas: lower the one or raise the other")
public record WindowSpec(
        @JsonPropertyDescription(
                "When it opens: minute, hour, day of month, month and weekday as in cron, such as 0 8 * * mon-fri.")
        @Required
        @Size(min = 1, max = 200)
        String start,

        @JsonPropertyDescription("When it closes, written as start is.") @Size(min = 1, max = 200) @Nullable
        String end,

        @JsonPropertyDescription("How long it stays open, such as 10h; instead of end.")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "a window's duration must be one such as 30s, 5m or 1h30m")
        @ValidationRule(
                value = "self.matches('[1-9]')",
                message = "a window's duration must be longer than 0s: it would never be open")
        @Nullable
        String duration,

        @JsonPropertyDescription("The time zone of start and end, such as Europe/Berlin.")
        @Default("UTC")
        @Size(min = 1, max = 60)
        String timeZone,

        @JsonPropertyDescription("Never fewer pods than this while it is open.") @Min(0) @Max(10_000) @Nullable
        Integer minReplicas,

        @JsonPropertyDescription("Never more pods than this while it is open.") @Min(0) @Max(10_000) @Nullable
        Integer maxReplicas) {

    public WindowSpec {
        timeZone = timeZone == null ? "UTC" : timeZone;
    }
}
