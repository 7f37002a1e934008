package dev.jtask.local.kubernetes.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class FieldSetTest {

    private static final FieldSet LABELS = set("f:labels: {'.': {}, 'f:app': {}, 'f:tier': {}}");
    private static final FieldSet APP = set("f:labels: {'f:app': {}}");

    @Test
    void readsAndWritesFieldsV1() {
        var fields = Yaml.of("""
            f:metadata:
              f:labels: {".": {}, f:app: {}}
            f:spec:
              f:containers:
                k:{"name":"worker"}: {".": {}, f:image: {}}
            """);

        assertThat(FieldSet.parse(fields).json()).isEqualTo(fields);
        assertThat(FieldSet.parse(Yaml.of("'f:spec': {}"))).isEqualTo(FieldSet.of("spec"));
    }

    @Test
    void isEmptyWithoutPaths() {
        assertThat(set("{}").isEmpty()).isTrue();
        assertThat(APP.minus(LABELS)).isEqualTo(FieldSet.EMPTY);
    }

    @Test
    void hasAPathAndALongerOneEachForItself() {
        assertThat(LABELS.minus(APP)).isEqualTo(set("f:labels: {'.': {}, 'f:tier': {}}"));
        assertThat(LABELS.minus(FieldSet.of("labels"))).isEqualTo(set("f:labels: {'f:app': {}, 'f:tier': {}}"));
    }

    @Test
    void joinsAndIntersects() {
        assertThat(APP.or(FieldSet.of("labels.tier")).or(FieldSet.of("labels"))).isEqualTo(LABELS);
        assertThat(LABELS.and(APP)).isEqualTo(APP);
        assertThat(LABELS.and(FieldSet.of("spec"))).isEqualTo(FieldSet.EMPTY);
    }

    @Test
    void listsItsPathsAsMessagesDo() {
        assertThat(set("f:spec: {'f:containers': {'k:{\"name\":\"w\"}': {'.': {}, 'f:image': {}}}}")
                        .texts())
                .containsExactly(".spec.containers[name=\"w\"]", ".spec.containers[name=\"w\"].image");
    }

    private static FieldSet set(String fields) {
        return FieldSet.parse(Yaml.of(fields));
    }
}
