package dev.jtask.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of a pool a reconcile is owed for: pauses are annotations, which are of no generation, and a namesake's
/// generation begins anew.
///
/// @param deletionTimestamp null while nobody deletes it
public record Heard(
        String uid,
        @Nullable Long generation,
        Map<String, String> annotations,
        @Nullable String deletionTimestamp) {

    public Heard {
        annotations = Map.copyOf(annotations);
    }

    public static Heard of(HasMetadata pool) {
        var metadata = pool.getMetadata();
        return new Heard(
                metadata.getUid(),
                metadata.getGeneration(),
                Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
                metadata.getDeletionTimestamp());
    }
}
