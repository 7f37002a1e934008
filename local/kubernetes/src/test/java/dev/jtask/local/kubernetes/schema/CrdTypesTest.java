package dev.jtask.local.kubernetes.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.local.kubernetes.Yaml;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrdTypesTest {

    private static final FieldType.Struct POOL = (FieldType.Struct) CrdTypes.of(Yaml.of("""
        type: object
        properties:
          spec:
            type: object
            x-kubernetes-map-type: atomic
            properties:
              size: {type: integer}
              port: {x-kubernetes-int-or-string: true}
              template: {type: object, x-kubernetes-preserve-unknown-fields: true}
              names: {type: array, items: {type: string}}
              tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
              labels: {type: object, additionalProperties: {type: boolean}}
              rules:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [kind]
                items: {type: object, properties: {kind: {type: string, default: any}}}
        """));
    private static final FieldType.Struct SPEC = (FieldType.Struct) POOL.field("spec");

    @Test
    void hasTheFieldsOfEveryObject() {
        assertThat(POOL.field("kind")).isEqualTo(new FieldType.Leaf(Primitive.STRING));
        assertThat(((FieldType.Struct) POOL.field("metadata")).names("labels")).isTrue();
        assertThat(POOL.field("data")).isEqualTo(new FieldType.Undeclared());
    }

    @Test
    void readsTypesOfValues() {
        assertThat(SPEC.field("size")).isEqualTo(new FieldType.Leaf(Primitive.LONG));
        assertThat(SPEC.field("port")).isEqualTo(new FieldType.Leaf(Primitive.NUMBER_OR_STRING));
        assertThat(SPEC.field("colour")).isEqualTo(new FieldType.Undeclared());
        assertThat(((FieldType.Struct) SPEC.field("labels")).field("any"))
                .isEqualTo(new FieldType.Leaf(Primitive.BOOLEAN));
    }

    @Test
    void letsEverythingIntoWhatPreservesUnknownFields() {
        assertThat(((FieldType.Struct) SPEC.field("template")).field("spec")).isEqualTo(new FieldType.Anything());
    }

    @Test
    void readsHowListsAndObjectsAreMerged() {
        assertThat(SPEC.wholeness()).isEqualTo(FieldType.Wholeness.ATOMIC);
        assertThat(((FieldType.Sequence) SPEC.field("names")).identity()).isEqualTo(new Identity.Atomic());
        assertThat(((FieldType.Sequence) SPEC.field("tags")).identity()).isEqualTo(new Identity.ByValue());
        assertThat(((FieldType.Sequence) SPEC.field("rules")).identity())
                .isEqualTo(new Identity.ByKeys(Map.of("kind", TextNode.valueOf("any"))));
    }
}
