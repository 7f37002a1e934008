package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pool is, as the operator last saw it.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskWorkerPoolStatus(
        @JsonPropertyDescription("The generation of the spec that this status answers.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Worker pods that exist.") @StatusReplicas
        Integer replicas,

        @JsonPropertyDescription("Worker pods that are connected and take tasks.")
        Integer readyReplicas,

        @JsonPropertyDescription("The label selector of the worker pods, for the scale subresource.")
        @LabelSelector
        @Nullable
        String selector,

        @JsonPropertyDescription(
                "Messages waiting or being worked on, in all queues; absent while the broker does not say.")
        @Nullable
        Long backlog,

        @JsonPropertyDescription("Each queue as the broker last described it.")
        List<QueueStatus> queues,

        @JsonPropertyDescription("The last scaling decision.") @Nullable
        ScalingStatus scaling,

        @JsonPropertyDescription("Ready, BrokerReachable, QueuesReady, ScalingActive and ScalingLimited.")
        List<Condition> conditions) {

    public TaskWorkerPoolStatus {
        replicas = replicas == null ? 0 : replicas;
        readyReplicas = readyReplicas == null ? 0 : readyReplicas;
        queues = queues == null ? List.of() : List.copyOf(queues);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
