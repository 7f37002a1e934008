package dev.jtask.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.operator.digest.Digests;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a running Deployment is what was asked for, so that nothing is written when it is.
///
/// It is when it carries the digest of the same request and is still what the API server made of it: that is compared
/// with what the server answered, never with what was asked, since nobody else knows how a server rewrites a request.
/// So whatever others changed leads to one write at most, and then their leftovers are part of what is expected.
public final class Drift {

    private static final int REMEMBERED = 10_000;

    /// @param generation of the Deployment: an older one is a cache that lags behind
    /// @param content what must not change without this operator
    private record Applied(long generation, String content) {}

    private final Map<String, Applied> applied = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Applied> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final KubernetesSerialization json;

    public Drift(KubernetesSerialization json) {
        this.json = json;
    }

    /// Takes what the API server answered to an apply for what there shall be.
    void applied(Deployment answer) {
        synchronized (applied) {
            applied.put(answer.getMetadata().getUid(), new Applied(generation(answer), content(answer)));
        }
    }

    boolean isNone(Deployment desired, Deployment actual) {
        return Objects.equals(digest(desired), digest(actual)) && isUntouched(desired, actual);
    }

    private boolean isUntouched(Deployment desired, Deployment actual) {
        synchronized (applied) {
            @Nullable Applied expected = applied.get(actual.getMetadata().getUid());
            if (expected == null) {
                // another operator applied it
                if (isChangedByOthers(actual) || !Remains.of(told(desired), told(actual))) {
                    return false;
                }
                applied(actual);
                return true;
            }
            return generation(actual) < expected.generation()
                    || expected.content().equals(content(actual));
        }
    }

    /// Whether somebody wrote to the spec after the operator did, or in the same second.
    private static boolean isChangedByOthers(Deployment actual) {
        var ours = Owners.entries(actual).stream()
                .filter(entry -> Labels.OPERATOR.equals(entry.getManager()))
                .flatMap(entry -> time(entry).stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return Owners.others(actual)
                .filter(Owners::touchesSpec)
                .anyMatch(entry ->
                        time(entry).filter(time -> !time.isBefore(ours)).isPresent());
    }

    private static Optional<Instant> time(ManagedFieldsEntry entry) {
        return Optional.ofNullable(entry.getTime()).map(Instant::parse);
    }

    /// Spec, labels and owners; not replicas, which have a writer of their own, and not what controllers note.
    private JsonNode told(Deployment deployment) {
        var metadata = deployment.getMetadata();
        ObjectNode spec = json.convertValue(deployment.getSpec(), ObjectNode.class);
        spec.remove("replicas");
        return json.convertValue(
                List.of(
                        spec,
                        Objects.requireNonNullElse(metadata.getLabels(), Map.of()),
                        Objects.requireNonNullElse(metadata.getOwnerReferences(), List.of())),
                JsonNode.class);
    }

    private String content(Deployment deployment) {
        return Digests.of(json.asJson(told(deployment)));
    }

    private static @Nullable String digest(Deployment deployment) {
        var annotations = deployment.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(Labels.APPLIED);
    }

    private static long generation(Deployment deployment) {
        return Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 0L);
    }
}
