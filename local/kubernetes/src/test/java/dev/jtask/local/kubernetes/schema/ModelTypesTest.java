package dev.jtask.local.kubernetes.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTypesTest {

    private static final FieldType DEPLOYMENT =
            ModelTypes.of("apps/v1", "Deployment").orElseThrow();
    private static final FieldType POD = ModelTypes.of("v1", "Pod").orElseThrow();

    @Test
    void knowsNoKindThatHasNoModel() {
        assertThat(ModelTypes.of("example.com/v1", "Nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "spec.replicas, INTEGER",
        "spec.paused, BOOLEAN",
        "spec.template.spec.terminationGracePeriodSeconds, LONG",
        "spec.strategy.rollingUpdate.maxSurge, NUMBER_OR_STRING",
        "metadata.creationTimestamp, STRING",
    })
    void knowsTheTypeOfAValue(String path, Primitive primitive) {
        assertThat(at(DEPLOYMENT, path)).isEqualTo(new FieldType.Leaf(primitive));
    }

    @Test
    void tellsFieldsFromKeysOfAMap() {
        assertThat(((FieldType.Struct) at(DEPLOYMENT, "spec")).names("replicas"))
                .isTrue();
        assertThat(((FieldType.Struct) at(DEPLOYMENT, "spec")).names("size")).isFalse();
        var labels = (FieldType.Struct) at(DEPLOYMENT, "metadata.labels");
        assertThat(labels.names("app")).isFalse();
        assertThat(labels.field("app")).isEqualTo(new FieldType.Leaf(Primitive.STRING));
    }

    @Test
    void takesWhatHasNoFieldsOfItsOwnOrSeveralFormsForAnything() {
        var schema = ModelTypes.of(JSONSchemaProps.class);
        assertThat(at(schema, "items")).isEqualTo(new FieldType.Anything());
        assertThat(at(schema, "default")).isEqualTo(new FieldType.Anything());
        assertThat(at(schema, "format")).isEqualTo(new FieldType.Leaf(Primitive.STRING));
        var entries = (FieldType.Sequence) at(DEPLOYMENT, "metadata.managedFields");

        assertThat(at(entries.items(), "fieldsV1")).isEqualTo(new FieldType.Anything());
    }

    @ParameterizedTest
    @CsvSource({
        "spec.containers, name",
        "spec.volumes, name",
        "metadata.ownerReferences, uid",
        "status.conditions, type",
    })
    void mergesListsByTheirKey(String path, String key) {
        assertThat(((FieldType.Sequence) at(POD, path)).identity())
                .isEqualTo(new Identity.ByKeys(Map.of(key, MissingNode.getInstance())));
    }

    @Test
    void mergesListsInAContainerByTheirKeys() {
        var container = ((FieldType.Sequence) at(POD, "spec.containers")).items();

        assertThat(((FieldType.Sequence) at(container, "ports")).identity())
                .isEqualTo(new Identity.ByKeys(
                        Map.of("containerPort", MissingNode.getInstance(), "protocol", TextNode.valueOf("TCP"))));
        assertThat(((FieldType.Sequence) at(container, "volumeMounts")).identity())
                .isEqualTo(new Identity.ByKeys(Map.of("mountPath", MissingNode.getInstance())));
        assertThat(((FieldType.Sequence) at(container, "args")).identity()).isEqualTo(new Identity.Atomic());
    }

    @Test
    void knowsWhatIsReplacedAsAWhole() {
        assertThat(((FieldType.Struct) at(DEPLOYMENT, "spec.selector")).wholeness())
                .isEqualTo(FieldType.Wholeness.ATOMIC);
        assertThat(((FieldType.Struct) at(POD, "spec.nodeSelector")).wholeness())
                .isEqualTo(FieldType.Wholeness.ATOMIC);
        assertThat(((FieldType.Struct) at(POD, "spec.securityContext")).wholeness())
                .isEqualTo(FieldType.Wholeness.GRANULAR);
        assertThat(((FieldType.Sequence) at(POD, "metadata.finalizers")).identity())
                .isEqualTo(new Identity.ByValue());
    }

    private static FieldType at(FieldType type, String path) {
        var found = type;
        for (var name : path.split("\\.", -1)) {
            found = ((FieldType.Struct) found).field(name);
        }
        return found;
    }
}
