package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// Where the broker is.
public record BrokerSpec(
        @JsonPropertyDescription(
                "The Secret of this namespace that names the broker: key uri, or host, username, password and perhaps port and vhost; optionally managementUri, ca.crt, tls.crt, tls.key.")
        @Required
        SecretRef secretRef) {}
