package dev.jtask.local.kubernetes.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {

    @Test
    void keepsWhatIsThereAndTakesWhatIsApplied() {
        assertThat(merge(
                        "metadata: {labels: {app: a, tier: b}}\nspec: {priority: 1, containers: [{name: c, image: x, env: [{name: A}]}]}",
                        "metadata: {labels: {app: z}}\nspec: {containers: [{name: c, image: y, env: [{name: B}]}]}"))
                .isEqualTo(Yaml.of("""
                    metadata: {labels: {app: z, tier: b}}
                    spec: {priority: 1, containers: [{name: c, image: y, env: [{name: A}, {name: B}]}]}
                    """).toString());
    }

    @Test
    void replacesWhatIsAtomic() {
        assertThat(merge(
                        "spec: {nodeSelector: {disk: ssd}, containers: [{name: c, args: [a, b]}]}",
                        "spec: {nodeSelector: {zone: x}, containers: [{name: c, args: [z]}]}"))
                .isEqualTo(Yaml.of("spec: {nodeSelector: {zone: x}, containers: [{name: c, args: [z]}]}")
                        .toString());
    }

    /// As structured-merge-diff orders them: what was applied as it was applied, the rest where it was.
    @ParameterizedTest
    @CsvSource({
        "'a,b,c', 'c,a', 'b,c,a'",
        "'a,b', 'c', 'a,b,c'",
        "'a,b,c', 'a,d,c', 'a,b,d,c'",
        "'b,x', 'a,b', 'a,b,x'",
        "'a,b', 'b,a', 'b,a'",
        "'', 'b,a', 'b,a'",
    })
    void ordersItemsAsTheApplierDoes(String live, String applied, String merged) {
        assertThat(merge(finalizers(live), finalizers(applied)))
                .isEqualTo(Yaml.of(finalizers(merged)).toString());
    }

    private static String finalizers(String names) {
        return "metadata: {finalizers: [%s]}".formatted(names);
    }

    private static String merge(String live, String applied) {
        return Merge.of(Types.pod(live), Types.pod(applied)).toString();
    }
}
