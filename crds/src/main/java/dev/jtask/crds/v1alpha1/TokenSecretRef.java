package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// A Secret in the namespace of the pool that holds a token. Which key is not for a pool to say: nobody can have the
/// operator read another one by it.
@ValidationRule(
        value = "has(self.name) && self.name != ''",
        message =
                "spec.metrics.tokenSecretRef.name is missing: write the name of the Secret of this namespace whose key metricsToken holds the token")
public record TokenSecretRef(
        @JsonPropertyDescription("The Secret's name. Required. Its key metricsToken holds the token.") @Size(max = 253)
        String name) {

    public TokenSecretRef {
        name = name == null ? "" : name;
    }
}
