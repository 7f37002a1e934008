package dev.jtask.operator.workload;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who wrote which fields of a Deployment, as Kubernetes keeps it.
public final class Owners {

    private static final String REPLICAS = "f:replicas";

    private Owners() {}

    /// Those beside this operator that set its size, as they call themselves.
    public static List<String> ofReplicas(Deployment deployment) {
        return others(deployment)
                .filter(entry -> fieldsOfSpec(entry).contains(REPLICAS))
                .map(ManagedFieldsEntry::getManager)
                .distinct()
                .toList();
    }

    /// The entries of all that are not this operator.
    static Stream<ManagedFieldsEntry> others(Deployment deployment) {
        return entries(deployment).stream()
                .filter(entry ->
                        !Labels.OPERATOR.equals(entry.getManager()) && !Labels.SCALER.equals(entry.getManager()));
    }

    static List<ManagedFieldsEntry> entries(Deployment deployment) {
        return Optional.ofNullable(deployment.getMetadata().getManagedFields()).orElse(List.of());
    }

    /// Whether somebody wrote more of the spec than its size.
    static boolean touchesSpec(ManagedFieldsEntry entry) {
        var fields = fieldsOfSpec(entry);
        return !fields.isEmpty() && !fields.equals(Set.of(REPLICAS));
    }

    private static Set<?> fieldsOfSpec(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> fields
                ? fields.keySet()
                : Set.of();
    }
}
