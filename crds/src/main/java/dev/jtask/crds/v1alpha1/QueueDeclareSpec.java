package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The form of a queue that is created when it is missing.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.maxPriority) || self.type == 'classic'",
        message = "maxPriority needs a classic queue: set declare.type to classic, or remove maxPriority")
@ValidationRule(
        value = "!has(self.deliveryLimit) || self.type == 'quorum'",
        message = "deliveryLimit needs a quorum queue: set declare.type to quorum, or remove deliveryLimit")
@ValidationRule(
        value = "!has(self.overflow) || has(self.maxLength)",
        message = "overflow says what happens above maxLength: set declare.maxLength, or remove overflow")
public record QueueDeclareSpec(
        @JsonPropertyDescription("quorum: replicated, survives a broker node. classic: one node, may have priorities.")
        @Default("quorum")
        QueueType type,

        @JsonPropertyDescription(
                "How often a message is delivered before the broker drops or dead-letters it; quorum queues only.")
        @Min(1)
        @Max(1_000_000)
        @Nullable
        Integer deliveryLimit,

        @JsonPropertyDescription(
                "Whether rejected and expired messages go to the queue <name>.dead, which is created too.")
        @Default("false")
        Boolean deadLetter,

        @JsonPropertyDescription("How many messages may wait.") @Min(1) @Max(2_000_000_000) @Nullable
        Integer maxLength,

        @JsonPropertyDescription(
                "What happens above maxLength: drop-head drops the oldest, reject-publish refuses the newest.")
        @Nullable
        Overflow overflow,

        @JsonPropertyDescription("How long a message may wait before it expires, such as 1h.")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "declare.messageTtl" + Durations.SUCH_AS)
        @Nullable
        String messageTtl,

        @JsonPropertyDescription(
                "How long a delivery may stay unacknowledged, such as 2h; at least the drain timeout by default. RabbitMQ"
                        + " before 3.12 ignores it.")
        @Size(min = 2, max = 24)
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = "declare.consumerTimeout" + Durations.SUCH_AS)
        @Nullable
        String consumerTimeout,

        @JsonPropertyDescription("The highest message priority; classic queues only.") @Min(1) @Max(255) @Nullable
        Integer maxPriority) {

    public QueueDeclareSpec {
        type = type == null ? QueueType.QUORUM : type;
        deadLetter = deadLetter != null && deadLetter;
    }
}
