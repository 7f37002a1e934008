package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the last scaling decision was computed from.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScalingTerms(
        @JsonPropertyDescription("The pods that the objective asks for, before rounding and limits.")
        Double need,

        @JsonPropertyDescription("Seconds from a pod's creation to its first readiness.")
        Double startupSeconds,

        @JsonPropertyDescription(
                "Seconds that work may take: the objective less the start-up; 0 where the objective is a depth.")
        Double drainSeconds,

        @JsonPropertyDescription("Slots that are busy.") Double busySlots,

        @JsonPropertyDescription(
                "Seconds that the longest task took of those seen lately, as the next power of two; absent where none was seen.")
        @Nullable
        Double longestSeconds,

        @JsonPropertyDescription("Queue by queue.") List<Queue> queues) {

    public ScalingTerms {
        queues = queues == null ? List.of() : List.copyOf(queues);
    }

    /// The slots that one queue needs, and why.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Queue(
            @JsonPropertyDescription("The queue's name.") String name,

            @JsonPropertyDescription("Messages arriving per second; absent until watched for ten seconds.") @Nullable
            Double arrivalRate,

            @JsonPropertyDescription("Seconds that a task keeps a slot busy; absent while it is assumed to be 1.")
            @Nullable
            Double busySeconds,

            @JsonPropertyDescription(
                    "Percent of the queue that are this pool's; absent where no other pool consumes it.")
            @Nullable
            Integer sharePercent,

            @JsonPropertyDescription("Slots for the messages that arrive.")
            Double arrivalSlots,

            @JsonPropertyDescription("Slots for the messages that wait.")
            Double backlogSlots,

            @JsonPropertyDescription("Slots for tasks that run and will not be done in time.")
            Double runningSlots) {}
}
