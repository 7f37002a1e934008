package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.local.kubernetes.Yaml;
import dev.jtask.local.kubernetes.schema.FieldType;
import dev.jtask.local.kubernetes.schema.ModelTypes;
import org.junit.jupiter.api.Test;

class StrategicMergeTest {

    private static final FieldType POD = ModelTypes.of("v1", "Pod").orElseThrow();

    private static final String TWO = "spec: {containers: [{name: a, image: x, args: [1, 2]}, {name: b}]}";

    @Test
    void mergesListsByTheirKeysAndReplacesTheOthers() {
        assertThat(merge(TWO, "spec: {containers: [{name: a, image: y, args: [3]}, {name: c}]}"))
                .isEqualTo(Yaml.of("spec: {containers: [{name: a, image: y, args: [3]}, {name: b}, {name: c}]}"));
    }

    @Test
    void removesFieldsWithNullAndItemsWithADirective() {
        assertThat(merge(TWO, "spec: {containers: [{name: a, args: null}, {name: b, $patch: delete}]}"))
                .isEqualTo(Yaml.of("spec: {containers: [{name: a, image: x}]}"));
    }

    @Test
    void replacesAnObjectThatSaysSo() {
        assertThat(merge(
                        "spec: {securityContext: {runAsUser: 1}}",
                        "spec: {securityContext: {$patch: replace, fsGroup: 2}}"))
                .isEqualTo(Yaml.of("spec: {securityContext: {fsGroup: 2}}"));
    }

    @Test
    void leavesAsideWhatKubectlSaysOfTheOrderOfLists() {
        assertThat(merge(TWO, "spec: {$setElementOrder/containers: [{name: a}], containers: [{name: a, image: y}]}"))
                .isEqualTo(merge(TWO, "spec: {containers: [{name: a, image: y}]}"));
    }

    private static JsonNode merge(String pod, String patch) {
        return StrategicMerge.of(POD, Yaml.of(pod), Yaml.of(patch));
    }
}
