package dev.jtask.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsDoorTest {

    private static final String PORT = "JTASK_METRICS_PORT";
    private static final String CERTIFICATE = "JTASK_METRICS_TLS_CERT";

    @Test
    void aPodThatSaysNothingIsAskedAtTheUsualPortInPlainHttp() {
        assertThat(uri("10.0.0.7")).isEqualTo("http://10.0.0.7:9000/metrics");
        assertThat(uri("fd00::7")).isEqualTo("http://[fd00::7]:9000/metrics");
        assertThat(uri("10.0.0.7", with(PORT, "same"), with(CERTIFICATE, " ")))
                .isEqualTo("http://10.0.0.7:9000/metrics");
    }

    @Test
    void aPodsOwnPortIsTaken() {
        assertThat(uri("10.0.0.7", with("OTHER", "1"), with(PORT, "9100"))).isEqualTo("http://10.0.0.7:9100/metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "99999", "-1", "a", "", "9000/x", "9000@h"})
    void aPortThatIsNoneIsNotTaken(String port) {
        assertThat(uri("10.0.0.7", with(PORT, port))).isEqualTo("http://10.0.0.7:9000/metrics");
    }

    @ParameterizedTest
    @CsvSource({"/etc/metrics/tls.crt", "x"})
    void aCertificateMeansTls(String file) {
        assertThat(uri("10.0.0.7", with(PORT, "9443"), with(CERTIFICATE, file)))
                .isEqualTo("https://10.0.0.7:9443/metrics");
    }

    @Test
    void theSecretOfATokenIsTheOneThatThePodHas() {
        var pod = new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withEnv(with("JTASK_METRICS_TOKEN_FILE", "/etc/jtask/metrics/metricsToken"))
                .endContainer()
                .addNewVolume()
                .withName("metrics-token")
                .withNewSecret()
                .withSecretName("first")
                .endSecret()
                .endVolume()
                .endSpec()
                .withNewStatus()
                .withPodIP("10.0.0.7")
                .endStatus()
                .build();

        assertThat(MetricsDoor.of(pod, 9000)).contains(new MetricsDoor("10.0.0.7", 9000, false, "first"));
        pod.getSpec().getVolumes().getFirst().setSecret(null);
        assertThat(MetricsDoor.of(pod, 9000)).contains(new MetricsDoor("10.0.0.7", 9000, false, null));
        pod.getSpec().setVolumes(null);
        assertThat(MetricsDoor.of(pod, 9000)).contains(new MetricsDoor("10.0.0.7", 9000, false, null));
    }

    @Test
    void whatIsReadFromElsewhereIsThereButNotKnown() {
        var elsewhere = new EnvVarBuilder()
                .withNewValueFrom()
                .withNewConfigMapKeyRef("key", "name", false)
                .endValueFrom();
        assertThat(uri(
                        "10.0.0.7",
                        elsewhere.withName(PORT).build(),
                        elsewhere.withName(CERTIFICATE).build()))
                .isEqualTo("https://10.0.0.7:9000/metrics");
    }

    @Test
    void aPodWithoutAnAddressHasNone() {
        assertThat(MetricsDoor.of(new PodBuilder().build(), 9000)).isEmpty();
        assertThat(MetricsDoor.of(new PodBuilder().withNewStatus().endStatus().build(), 9000))
                .isEmpty();
    }

    private static String uri(String address, EnvVar... environment) {
        var pod = new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withName("sidecar")
                .endContainer()
                .addNewContainer()
                .withName("worker")
                .withEnv(environment)
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP(address)
                .endStatus()
                .build();
        return MetricsDoor.of(pod, 9000).orElseThrow().uri().toString();
    }

    private static EnvVar with(String name, String value) {
        return new EnvVar(name, value, null);
    }
}
