package dev.jtask.local.kubernetes.ownership;

import static dev.jtask.local.kubernetes.ownership.Types.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void findsWhatIsNewWithTheMapsAndItemsAroundIt() {
        var comparison = compare("{}", "metadata: {labels: {app: a}}\nspec: {containers: [{name: c}]}");

        assertThat(comparison.written()).isEqualTo(set("""
            f:metadata: {'f:labels': {'.': {}, 'f:app': {}}}
            f:spec: {'f:containers': {'.': {}, 'k:{"name":"c"}': {'.': {}, 'f:name': {}}}}
            """));
        assertThat(comparison.removed()).isEqualTo(FieldSet.EMPTY);
    }

    @Test
    void findsWhatHasAnotherValue() {
        var comparison = compare(
                "spec: {priority: 1, containers: [{name: c, args: [a]}, {name: d}]}",
                "spec: {priority: 2, containers: [{name: d}, {name: c, args: [a, b]}]}");

        assertThat(comparison.written())
                .isEqualTo(set("f:spec: {'f:priority': {}, 'f:containers': {'k:{\"name\":\"c\"}': {'f:args': {}}}}"));
        assertThat(comparison.removed()).isEqualTo(FieldSet.EMPTY);
    }

    @Test
    void findsWhatIsGone() {
        var comparison = compare(
                "metadata: {labels: {app: a, tier: b}}\nspec: {containers: [{name: c}, {name: d}]}",
                "metadata: {labels: {app: a}}\nspec: {containers: [{name: c}]}");

        assertThat(comparison.written()).isEqualTo(FieldSet.EMPTY);
        assertThat(comparison.removed()).isEqualTo(set("""
            f:metadata: {'f:labels': {'f:tier': {}}}
            f:spec: {'f:containers': {'k:{"name":"d"}': {'.': {}, 'f:name': {}}}}
            """));
    }

    private static Comparison compare(String before, String after) {
        return Comparison.of(Types.POD, Yaml.of(before), Yaml.of(after));
    }
}
