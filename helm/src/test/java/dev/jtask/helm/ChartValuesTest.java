package dev.jtask.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the chart's values may be: what cannot work is refused by name, and what is left away does no harm.
class ChartValuesTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "replica, 2, replica",
        "operator.tik, 1s, tik",
        "operator.tick, soon, tick",
        "operator.tick, 0s, tick",
        "operator.brokerTimeout, 00ms, brokerTimeout",
        "operator.secretRefresh, 0m, secretRefresh",
        "metrics.serviceMonitor.interval, 0s, interval",
        "replicas, -1, replicas",
        "image.digest, abc, digest",
        "watchNamespaces[0], Shop, watchNamespaces",
        "watchNamespaces[0], '', watchNamespaces",
    })
    void aValueThatIsNoneIsRefusedWithItsName(String name, String value, String named) {
        assertThatThrownBy(() -> Chart.render(Map.of(name, value))).hasMessageContaining(named);
    }

    /// Helm takes null for "not set", and knows no default then.
    @TestFactory
    Stream<DynamicTest> aValueThatIsNullIsLeftAway() throws IOException {
        return names("", Chart.map(Files.readString(Chart.FOLDER.resolve("values.yaml"))))
                .filter(name -> !name.equals("image.repository")) // there is no operator without one
                .map(name -> DynamicTest.dynamicTest(name, () -> rendersWithout(name)));
    }

    private void rendersWithout(String name) throws IOException {
        var nothing = name.replace(".", ": {") + ": null" + "}".repeat(name.split("\\.", -1).length - 1);
        var others = Stream.of("networkPolicy: {enabled: true}", "metrics: {serviceMonitor: {enabled: true}}")
                .filter(line -> !name.startsWith(line.replaceFirst(":.*", "")))
                .toList();
        var file = Files.writeString(folder.resolve("values.yaml"), nothing + "\n" + String.join("\n", others) + "\n");

        var text = Chart.text("jtask", Chart.NAMESPACE, file);

        // the CRD's description speaks of null
        assertThat(text).doesNotContain("<nil>").doesNotContainPattern("(?m)[:-] +\"?null\"?$");
        var container = Chart.find(Chart.objects(text), Deployment.class, "jtask")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(container.getEnv())
                .allSatisfy(variable ->
                        assertThat(variable.getValue()).as(variable.getName()).isNotBlank());
        assertThat(container.getImage()).startsWith("jtask-operator:");
        if (!name.equals("crds.install")) {
            assertThat(text).contains("helm.sh/resource-policy: keep");
        }
    }

    private static Stream<String> names(String prefix, Map<?, ?> values) {
        return values.entrySet().stream()
                .flatMap(each -> each.getValue() instanceof Map<?, ?> group && !group.isEmpty()
                        ? names(prefix + each.getKey() + ".", group)
                        : Stream.of(prefix + each.getKey()));
    }

    @Test
    void aMonitorOfNothingIsRefused() {
        assertThatThrownBy(() ->
                        Chart.render(Map.of("metrics.service", "false", "metrics.serviceMonitor.enabled", "true")))
                .hasMessageContaining("set metrics.service to true, or metrics.serviceMonitor.enabled to false");
    }

    @Test
    void whoeverInstallsIsToldThatNobodyMayReadMetrics() {
        var told = "set networkPolicy.metricsFrom";

        assertThat(notes(Map.of())).doesNotContain(told);
        assertThat(notes(Map.of("networkPolicy.enabled", "true"))).contains(told);
        assertThat(notes(Map.of(
                        "networkPolicy.enabled", "true",
                        "networkPolicy.metricsFrom[0].podSelector.matchLabels.app", "prometheus")))
                .doesNotContain(told);
    }

    /// The operator runs in another namespace than the pools.
    @Test
    void whoeverInstallsForOtherNamespacesIsToldWhereABrokerIsLookedFor() {
        var told = "rabbitmq is rabbitmq.NAMESPACE.svc";

        assertThat(notes(Map.of())).doesNotContain(told);
        assertThat(notes(Map.of("watchNamespaces[0]", "shop"))).contains(told);
        assertThat(notes(Map.of("clusterWide", "true"))).contains(told);
    }

    private static String notes(Map<String, String> values) {
        var install = Chart.helm()
                .install()
                .withName("jtask")
                .withNamespace(Chart.NAMESPACE)
                .withKubeVersion("v1.36.0")
                .clientOnly()
                .dryRun();
        values.forEach(install::set);
        return install.call().getOutput();
    }
}
