package dev.jtask.local.kubernetes.ownership;

import static dev.jtask.local.kubernetes.ownership.Types.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class RemovalTest {

    private static final String POD =
            "metadata: {labels: {app: a}}\nspec: {priority: 1, containers: [{name: c}, {name: d}]}";

    @Test
    void takesFieldsAndItemsAway() {
        assertThat(remove("f:spec: {'f:priority': {}, 'f:containers': {'k:{\"name\":\"c\"}': {}}}"))
                .isEqualTo(Yaml.of("metadata: {labels: {app: a}}\nspec: {containers: [{name: d}]}"));
    }

    @Test
    void takesAwayWhatBecomesEmpty() {
        assertThat(remove("f:metadata: {'f:labels': {'f:app': {}}}"))
                .isEqualTo(Yaml.of("spec: {priority: 1, containers: [{name: c}, {name: d}]}"));
    }

    @Test
    void leavesAnEmptyObjectOfOneThatIsTakenAwayWhole() {
        assertThat(remove("f:metadata: {}\nf:spec: {}")).isEqualTo(Yaml.of("{}"));
    }

    private static Object remove(String fields) {
        return Removal.from(Types.POD, Yaml.of(POD), set(fields));
    }
}
