package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// A Secret in the namespace of the pool.
// the name is required by the rule: the schema's own "Required value" does not say what to write
@ValidationRule(
        value = "has(self.name) && self.name != ''",
        message =
                "spec.broker.secretRef.name is missing: write the name of the Secret of this namespace that holds the broker's uri")
public record SecretRef(
        @JsonPropertyDescription("The Secret's name. Required.") @Size(max = 253)
        String name) {

    public SecretRef {
        name = name == null ? "" : name;
    }
}
