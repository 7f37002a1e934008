package dev.jtask.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the chart's objects are called: whatever Helm takes for a release's name Kubernetes takes for theirs.
class ReleaseNamesTest {

    /// Of a Service, of which a DNS name is made: RFC 1035.
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final Pattern OTHER = Pattern.compile("[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?");

    /// Helm allows 53 letters.
    private static final List<String> LONGEST = List.of("a".repeat(53), "7".repeat(53), "a-".repeat(26) + "a");

    @Test
    void anyReleaseHasNamesThatKubernetesTakes() {
        for (var release : LONGEST) {
            judge(Chart.render(release, everything()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "7-up", "shop"})
    void soHasOneThatBeginsWithADigit(String release) {
        judge(Chart.render(release, everything()));
    }

    @Test
    void soHasAnyNameThatTheValuesGive() {
        var longest =
                List.of("a".repeat(63), "7".repeat(63), "a".repeat(54) + "-" + "b".repeat(8), "7".repeat(48) + "-b");
        for (var name : longest) {
            judge(Chart.render(Map.of("fullnameOverride", name)));
            judge(Chart.render(Map.of("nameOverride", name)));
        }
    }

    @Test
    void theUsualNameStaysForDashboards() {
        assertThat(Chart.find(Chart.render(Map.of()), Service.class, "jtask-metrics"))
                .isNotNull();
        assertThat(Chart.find(Chart.render("shop", Map.of()), Service.class, "shop-jtask-metrics"))
                .isNotNull();
    }

    private static Map<String, String> everything() {
        return Map.of("replicas", "2", "networkPolicy.enabled", "true", "metrics.serviceMonitor.enabled", "true");
    }

    private static void judge(List<HasMetadata> objects) {
        assertThat(Chart.find(objects, Service.class)).hasSize(1);
        assertThat(objects)
                .allSatisfy(object -> assertThat(object.getMetadata().getName())
                        .matches(object instanceof Service ? SERVICE : OTHER));
    }
}
