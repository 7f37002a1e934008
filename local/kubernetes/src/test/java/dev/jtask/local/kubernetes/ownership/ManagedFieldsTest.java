package dev.jtask.local.kubernetes.ownership;

import static dev.jtask.local.kubernetes.ownership.Types.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import dev.jtask.local.kubernetes.ownership.Owner.Operation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Owner HELM = new Owner(Operation.APPLY, "helm", "apps/v1", "");
    private static final Owner KUBECTL = new Owner(Operation.UPDATE, "kubectl", "apps/v1", "scale");

    private static final String RECORD = """
        metadata:
          managedFields:
            - manager: helm
              operation: Apply
              apiVersion: apps/v1
              time: "2026-01-01T12:00:00Z"
              fieldsType: FieldsV1
              fieldsV1: {'f:spec': {'f:paused': {}}}
            - manager: kubectl
              operation: Update
              apiVersion: apps/v1
              time: "2026-01-01T12:00:00Z"
              fieldsType: FieldsV1
              fieldsV1: {'f:spec': {'f:replicas': {}}}
              subresource: scale
        """;

    @Test
    void readsAndWritesTheRecordOfAnObject() {
        var object = Yaml.of(RECORD);

        assertThat(ManagedFields.of(object).json()).isEqualTo(object.at("/metadata/managedFields"));
        assertThat(ManagedFields.of(object).of(KUBECTL)).isEqualTo(FieldSet.of("spec.replicas"));
        assertThat(ManagedFields.of(Yaml.of("{}")).of(HELM)).isEqualTo(FieldSet.EMPTY);
    }

    @Test
    void listsAppliersFirstAndThenTheOldestFirst() {
        var owners = ManagedFields.of(Yaml.of("{}"))
                .with(KUBECTL, FieldSet.of("spec.replicas"), NOON)
                .with(new Owner(Operation.UPDATE, "z", "v1", ""), FieldSet.of("spec.paused"), NOON.minusSeconds(60))
                .with(HELM, FieldSet.of("spec.paused"), NOON.plusSeconds(60));

        assertThat(owners.json().findValuesAsText("manager")).containsExactly("helm", "z", "kubectl");
        assertThat(owners.json().findValuesAsText("time").getFirst()).isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void forgetsWhoHasNothingLeft() {
        var owners = ManagedFields.of(Yaml.of(RECORD)).without(FieldSet.of("spec.replicas"));

        assertThat(owners.entries()).containsOnlyKeys(HELM);
        assertThat(owners.all()).isEqualTo(set("f:spec: {'f:paused': {}}"));
    }

    @Test
    void isTheSameWhateverTheTimes() {
        var owners = ManagedFields.of(Yaml.of(RECORD));

        assertThat(owners.hasSameFields(owners.with(HELM, FieldSet.of("spec.paused"), NOON.plusSeconds(9))))
                .isTrue();
        assertThat(owners.hasSameFields(owners.with(HELM, FieldSet.of("spec.replicas"), NOON)))
                .isFalse();
        assertThat(owners.hasSameFields(owners.without(FieldSet.of("spec.paused"))))
                .isFalse();
    }
}
