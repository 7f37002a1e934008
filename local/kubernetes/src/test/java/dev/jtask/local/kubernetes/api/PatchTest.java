package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.local.kubernetes.Yaml;
import dev.jtask.local.kubernetes.schema.FieldType;
import org.junit.jupiter.api.Test;

class PatchTest {

    private static final FieldType ANY = new FieldType.Anything();

    @Test
    void isNamedByItsMediaType() {
        assertThat(Patch.of("application/json-patch+json")).isEqualTo(Patch.JSON);
        assertThat(Patch.of("application/merge-patch+json; charset=utf-8")).isEqualTo(Patch.MERGE);
        assertThat(Patch.of("application/strategic-merge-patch+json")).isEqualTo(Patch.STRATEGIC);
        assertThatThrownBy(() -> Patch.of("text/plain")).isInstanceOf(Refusal.class);
    }

    @Test
    void aMergeReplacesListsAndRemovesWithNull() {
        assertThat(Patch.MERGE.apply(
                        ANY, Yaml.of("a: {b: 1, c: 2}\nlist: [1, 2]"), Yaml.of("a: {b: null, d: 3}\nlist: [3]")))
                .isEqualTo(Yaml.of("a: {c: 2, d: 3}\nlist: [3]"));
    }

    @Test
    void operationsAreAppliedInOrder() {
        var operations = Yaml.of("""
            patch: [{op: add, path: /a/c, value: 2}, {op: remove, path: /a/b}, {op: test, path: /a/c, value: 2}]
            """).path("patch");

        assertThat(Patch.JSON.apply(ANY, Yaml.of("a: {b: 1}"), operations)).isEqualTo(Yaml.of("a: {c: 2}"));
    }

    @Test
    void anOperationThatCannotBeDoneIsRefused() {
        var operations = Yaml.of("patch: [{op: test, path: /a, value: 2}]").path("patch");

        assertThatThrownBy(() -> Patch.JSON.apply(ANY, Yaml.of("a: 1"), operations))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(422));
    }
}
