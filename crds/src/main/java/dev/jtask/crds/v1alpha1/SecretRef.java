package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// A Secret in the namespace of the pool.
public record SecretRef(
        @JsonPropertyDescription("The Secret's name.") @Required @Size(min = 1, max = 253)
        String name) {}
