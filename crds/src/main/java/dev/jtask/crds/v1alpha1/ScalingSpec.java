package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who decides the number of pods, and how.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.minReplicas <= self.maxReplicas",
        message = "scaling.minReplicas is greater than scaling.maxReplicas: lower the one or raise the other")
@ValidationRule(
        value = "!has(self.windows) || self.windows.all(w, !has(w.minReplicas) || w.minReplicas <= self.maxReplicas)",
        message = "minReplicas of a window is greater than scaling.maxReplicas: lower the one or raise the other")
public record ScalingSpec(
        @JsonPropertyDescription(
                "Auto: the operator scales. Recommend: it only says what it would do. \"Off\", with the quotes because YAML reads a bare Off as false: spec.replicas holds.")
        @Default("Auto")
        ScalingMode mode,

        @JsonPropertyDescription(
                "Whether the pool keeps its size, whatever is needed; the annotation jtask.dev/paused: \"true\" does the same.")
        @Default("false")
        Boolean paused,

        @JsonPropertyDescription(
                "Where the operator has a budget of pods that is not enough for all pools, those with the higher priority come first.")
        @Default("0")
        @Min(-1_000_000)
        @Max(1_000_000)
        Integer priority,

        @JsonPropertyDescription("Up to this many messages an empty pool stays empty.")
        @Default("0")
        @Min(0)
        @Max(1_000_000)
        Integer activation,

        @JsonPropertyDescription("Never fewer pods than this; 0 lets an idle pool disappear.")
        @Default("0")
        @Min(0)
        @Max(10_000)
        Integer minReplicas,

        @JsonPropertyDescription("Never more pods than this.") @Default("10") @Min(1) @Max(10_000)
        Integer maxReplicas,

        @JsonPropertyDescription(
                "Hours with another floor or ceiling. Of those that are open the highest minReplicas and the lowest maxReplicas count, the pool's own among them.")
        @Size(max = 20)
        List<WindowSpec> windows,

        @JsonPropertyDescription("What the number of pods shall achieve.") @Default("{\"drainTime\": \"60s\"}")
        ObjectiveSpec objective,

        @JsonPropertyDescription("How busy pods shall be on average, in percent of their slots.")
        @Default("90")
        @Min(1)
        @Max(100)
        Integer targetUtilization,

        @JsonPropertyDescription("How fast to grow.") @Default("{}")
        ScaleUpSpec scaleUp,

        @JsonPropertyDescription("How fast to shrink.") @Default("{}")
        ScaleDownSpec scaleDown,

        @JsonPropertyDescription("When the pool does not grow because what it runs fails.") @Default("{}")
        FailureFuseSpec failureFuse,

        @JsonPropertyDescription("What to do while the broker does not answer.") @Default("{}")
        WhenBlindSpec whenBlind) {

    static final ScalingSpec DEFAULTS =
            new ScalingSpec(null, null, null, null, null, null, null, null, null, null, null, null, null);

    public ScalingSpec(
            @Nullable ScalingMode mode,
            @Nullable Boolean paused,
            @Nullable Integer priority,
            @Nullable Integer activation,
            @Nullable Integer minReplicas,
            @Nullable Integer maxReplicas,
            @Nullable List<WindowSpec> windows,
            @Nullable ObjectiveSpec objective,
            @Nullable Integer targetUtilization,
            @Nullable ScaleUpSpec scaleUp,
            @Nullable ScaleDownSpec scaleDown,
            @Nullable FailureFuseSpec failureFuse,
            @Nullable WhenBlindSpec whenBlind) {
        this.mode = mode == null ? ScalingMode.AUTO : mode;
        this.paused = paused != null && paused;
        this.priority = priority == null ? 0 : priority;
        this.activation = activation == null ? 0 : activation;
        this.minReplicas = minReplicas == null ? 0 : minReplicas;
        this.maxReplicas = maxReplicas == null ? 10 : maxReplicas;
        this.windows = windows == null ? List.of() : List.copyOf(windows);
        this.objective = objective == null ? new ObjectiveSpec("60s", null) : objective;
        this.targetUtilization = targetUtilization == null ? 90 : targetUtilization;
        this.scaleUp = scaleUp == null ? new ScaleUpSpec(null, null) : scaleUp;
        this.scaleDown = scaleDown == null ? new ScaleDownSpec(null, null) : scaleDown;
        this.failureFuse = failureFuse == null ? FailureFuseSpec.DEFAULTS : failureFuse;
        this.whenBlind = whenBlind == null ? new WhenBlindSpec(null, null) : whenBlind;
    }
}
