package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Who may read the workers' metrics.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricsSpec(
        @JsonPropertyDescription(
                "The Secret of this namespace whose key metricsToken holds the bearer token without which workers show no metrics; the operator shows it to them. Absent: no token is asked for.")
        @Nullable
        TokenSecretRef tokenSecretRef) {}
