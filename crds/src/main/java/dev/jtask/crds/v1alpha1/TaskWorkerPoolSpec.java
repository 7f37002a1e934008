package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pool shall be. Defaults are the schema's; they are repeated in the constructors for APIs that apply none.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.replicas) || (has(self.scaling) && self.scaling.mode == 'Off')",
        message = "spec.replicas is for people, an HPA or KEDA: set spec.scaling.mode to Off, or remove spec.replicas")
public record TaskWorkerPoolSpec(
        @JsonPropertyDescription(
                "The container image of the workers: FROM jtask-worker with your task jars in /opt/jtask/tasks.")
        @Required
        @Size(min = 1, max = 1000)
        String image,

        @JsonPropertyDescription("The queues to consume, in this order of preference.")
        @Required
        @Size(min = 1, max = 32)
        @ValidationRule(
                value = "self.all(q, self.exists_one(o, o.name == q.name))",
                message = "two entries of spec.queues have the same name: remove one of them")
        List<QueueSpec> queues,

        @JsonPropertyDescription("How many tasks one pod runs at a time.")
        @Default("8")
        @Max(10_000)
        @ValidationRule(
                value = "self >= 1",
                message = "spec.concurrency must be at least 1: a pod that runs no task drains nothing")
        Integer concurrency,

        @JsonPropertyDescription("Where the broker is and how to log in.") @Required
        BrokerSpec broker,

        @JsonPropertyDescription(
                "The number of pods while scaling.mode is Off; kubectl scale, an HPA and KEDA change it once it is set.")
        @Min(0)
        @Max(10_000)
        @SpecReplicas
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Who decides the number of pods, and how.") @Default("{}")
        ScalingSpec scaling,

        @JsonPropertyDescription("How long a running task may finish after SIGTERM, such as 30s or 5m.")
        @Default("5m")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "spec.drainTimeout" + Durations.SUCH_AS)
        @ValidationRule(
                value = "!" + Durations.RULE + " || duration(self) <= duration('8760h')",
                message = "spec.drainTimeout must be at most 8760h, 365 days: no worker waits longer")
        String drainTimeout,

        @JsonPropertyDescription("Who may read the metrics of the workers.") @Nullable
        MetricsSpec metrics,

        @JsonPropertyDescription(
                "An overlay on the pod template, merged as kubectl does: resources, env, volumes, nodeSelector and so on; the container is named worker. A null takes a field away, where it arrives: kubectl apply drops it unless it is --server-side.")
        @SchemaFrom(type = AnyType.class)
        @PreserveUnknownFields
        @JsonDeserialize(using = BoundedTree.class)
        @Nullable
        JsonNode template) {

    public TaskWorkerPoolSpec {
        queues = queues == null ? List.of() : List.copyOf(queues);
        concurrency = concurrency == null ? 8 : concurrency;
        scaling = scaling == null ? ScalingSpec.DEFAULTS : scaling;
        drainTimeout = drainTimeout == null ? "5m" : drainTimeout;
    }

    /// [#drainTimeout()] as a duration.
    public Duration drain() {
        return Durations.parse(drainTimeout);
    }
}
