package dev.jtask.protocol.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownNamesTest {

    private final KnownNames names = new KnownNames(
            "JTASK_", List.of("JTASK_CONCURRENCY", "JTASK_QUEUES", "JTASK_TLS_CA", "JTASK_TLS_KEY", "JTASK_HTTP_PORT"));

    @ParameterizedTest
    @CsvSource({
        "JTASK_CONCURENCY, JTASK_CONCURRENCY",
        "JTASK_QUEUE, JTASK_QUEUES",
        "jtask_queues, JTASK_QUEUES",
        "JTASK_QUEUSE, JTASK_QUEUES",
        "JTASK_HTTPPORT, JTASK_HTTP_PORT",
    })
    void namesTheOneThatWasProbablyMeant(String typed, String meant) {
        assertThat(names.warnings(Map.of(typed, "hunter2")))
                .containsExactly(
                        "the variable %s is not known and has no effect; did you mean %s?".formatted(typed, meant));
    }

    @Test
    void namesNoneWhereNoneIsNear() {
        assertThat(names.warnings(Map.of("JTASK_COLOUR_SCHEME", "red", "JTASK_", "")))
                .containsExactly(
                        "the variable JTASK_ is not known and has no effect",
                        "the variable JTASK_COLOUR_SCHEME is not known and has no effect");
    }

    @Test
    void knowsWhatKubernetesSetsByNameAndValue() {
        assertThat(KnownNames.isOfAService("JTASK_HTTP_PORT", "tcp://10.0.0.1:80"))
                .isTrue();
        assertThat(KnownNames.isOfAService("JTASK_HTTP_PORT", "9000")).isFalse();
        assertThat(KnownNames.isOfAService("JTASK_BROKER_URI", "tcp://10.0.0.1:80"))
                .as("which somebody has written")
                .isFalse();
    }

    @Test
    void isSilentAboutWhatItKnowsWhatIsOthersAndWhatKubernetesSets() {
        assertThat(names.warnings(Map.of(
                        "JTASK_QUEUES", "a",
                        "PATH", "/bin",
                        "JTASK_OPERATOR_SERVICE_HOST", "10.0.0.1",
                        "JTASK_OPERATOR_SERVICE_PORT_HTTP", "80",
                        "JTASK_PORT", "tcp://10.0.0.1:80",
                        "JTASK_PORT_80_TCP", "tcp://10.0.0.1:80",
                        "JTASK_PORT_80_TCP_ADDR", "10.0.0.1")))
                .isEmpty();
    }
}
