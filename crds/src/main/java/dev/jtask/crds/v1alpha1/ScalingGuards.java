package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What keeps a pool from growing, kept for the operator that comes after this one.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScalingGuards(
        @JsonPropertyDescription("Runs of which most failed; absent while the pool may grow.") @Nullable
        Failing failing,

        @JsonPropertyDescription("What came of a growth that brought nothing; absent where none did.") @Nullable
        Held held,

        @JsonPropertyDescription("What the pool brought before, by which a growth is judged.") @Nullable
        Measured measured) {

    /// What came of the last runs.
    public record Failing(
            @JsonPropertyDescription("Runs that ended.") Double ended,

            @JsonPropertyDescription("Those of them that failed.")
            Double failed,

            @JsonPropertyDescription("Messages that had been delivered before.")
            Double redelivered) {}

    /// A limit that was found out.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Held(
            @JsonPropertyDescription(
                    "The pods that the pool is held to; absent where the last judgement was wrong and none is made for a while.")
            @Nullable
            Integer pods,

            @JsonPropertyDescription("Slots that the growth brought.")
            Double brought,

            @JsonPropertyDescription("When the pool may try again, RFC 3339.")
            String until,

            @JsonPropertyDescription("Seconds that it waited.")
            Long pauseSeconds,

            @JsonPropertyDescription("Whether it tries again.")
            Boolean onTrial) {}

    /// What a pool of one size brought while all of its slots were busy.
    public record Measured(
            @JsonPropertyDescription("How many pods.") Integer pods,

            @JsonPropertyDescription("Since when, RFC 3339.")
            String since,

            @JsonPropertyDescription("Until when, RFC 3339.")
            String until,

            @JsonPropertyDescription("Seconds that the longest task had taken.")
            Double longestSeconds,

            @JsonPropertyDescription("Queue by queue.") List<Queue> queues) {

        public Measured {
            queues = queues == null ? List.of() : List.copyOf(queues);
        }
    }

    /// What was done of one queue.
    public record Queue(
            @JsonPropertyDescription("The queue's name.") String name,

            @JsonPropertyDescription("Seconds that slots were busy.")
            Double busySeconds,

            @JsonPropertyDescription("Runs that ended.") Double ended) {}
}
