package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A queue to consume and, when asked, to create.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.declare) || !self.name.startsWith('amq.')",
        message = "the broker keeps names that begin with amq. for itself: rename the queue, or remove declare")
@ValidationRule(
        value = "size(bytes(self.name)) <= 246",
        message =
                "workers add .suspects to the name for messages that keep coming back: shorten it to 246 bytes (letters outside ASCII take two to four)")
@ValidationRule(
        value = "self.name.matches('^[^,[:space:]]+$')",
        message =
                "a queue's name may have no comma and no blank, as workers get all names in one list: rename the queue")
public record QueueSpec(
        @JsonPropertyDescription("The queue's name at the broker.")
        @Required
        @Size(min = 1, max = 255)
        @Pattern("^[^,\\s]+$")
        String name,

        @JsonPropertyDescription(
                "How to create the queue when it is missing; it is never altered. Absent: use the queue as it is.")
        @Nullable
        QueueDeclareSpec declare,

        @JsonPropertyDescription(
                "What happens to the queue when the pool is deleted: Retain never touches it, Delete removes it once it is empty.")
        @Default("Retain")
        DeletionPolicy deletionPolicy) {

    public QueueSpec {
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.RETAIN : deletionPolicy;
    }
}
