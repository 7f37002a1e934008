package dev.jtask.local.kubernetes.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.ownership.Conflicts.Cause;
import dev.jtask.local.kubernetes.ownership.Owner.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConflictsTest {

    private static final Owner HELM = new Owner(Operation.APPLY, "helm", "apps/v1", "");
    private static final Owner KUBECTL = new Owner(Operation.UPDATE, "kubectl", "apps/v1", "scale");

    @Test
    void tellsOneInOneLine() {
        var conflicts = new Conflicts(Map.of(KUBECTL, List.of(".spec.replicas")));

        assertThat(conflicts.message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\""
                        + " using apps/v1: .spec.replicas");
        assertThat(conflicts.causes())
                .containsExactly(new Cause(
                        "conflict with \"kubectl\" with subresource \"scale\" using apps/v1", ".spec.replicas"));
    }

    @Test
    void groupsManyByOwner() {
        var fields = new TreeMap<Owner, List<String>>(Owner.ORDER);
        fields.put(KUBECTL, List.of(".spec.replicas"));
        fields.put(HELM, List.of(".spec.paused", ".spec.minReadySeconds"));

        assertThat(new Conflicts(fields).message()).isEqualTo("""
            Apply failed with 3 conflicts: conflicts with "helm":
            - .spec.paused
            - .spec.minReadySeconds
            conflicts with "kubectl" with subresource "scale" using apps/v1:
            - .spec.replicas""");
    }
}
