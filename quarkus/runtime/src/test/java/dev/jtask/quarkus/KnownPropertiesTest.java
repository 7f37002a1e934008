package dev.jtask.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownPropertiesTest {

    private final KnownProperties known =
            new KnownProperties(List.of("jtask.broker-uri", "jtask.worker.queues", "jtask.worker.drain-timeout"));

    @Test
    void whatIsKnownAndWhatIsNotOursIsPassed() {
        assertThatCode(() -> known.check(of(
                        "application.properties",
                        "jtask.broker-uri",
                        "jtask.worker.queues[0]",
                        "quarkus.http.port",
                        "%prod.quarkus.http.port",
                        "%prod.jtask.broker-uri",
                        "%{test,dev}.jtask.worker.queues[0]",
                        "%prod")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatSomebodyWroteForTheApplicationIsAnErrorWithoutItsValue() {
        assertThatThrownBy(() -> known.check(of("application.properties", "jtask.brokr-uri")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the property jtask.brokr-uri is not known (application.properties); did you mean"
                        + " jtask.broker-uri?. Correct the name, or remove what has no effect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%prod.", "%a-profile.", "%test,dev.", "%{test,dev}."})
    void ofAProfileAsWell(String profile) {
        var mistyped = profile + "jtask.worker.drain-timout";

        assertThatThrownBy(() -> known.check(of("application.properties", mistyped)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the property %s is not known".formatted(mistyped))
                .hasMessageContaining("did you mean jtask.worker.drain-timeout?");
        assertThat(known.warnings(of("SysPropConfigSource", mistyped))).hasSize(1);
    }

    @Test
    void whatTheMachineHasIsAWarning() {
        assertThatCode(() -> known.check(of("SysPropConfigSource", "jtask.brokr-uri")))
                .doesNotThrowAnyException();
        assertThat(known.warnings(of("SysPropConfigSource", "jtask.brokr-uri"))).hasSize(1);
        assertThat(known.warnings(
                        of("EnvConfigSource", "JTASK_BROKER_URI", "JTASK_WORKER_QUEUES_0_", "JTASK_BROKR_URI")))
                .containsExactly(
                        "the variable JTASK_BROKR_URI is not known and has no effect; did you mean JTASK_BROKER_URI?");
    }

    @Test
    void aVariableOfAProfileIsOneToo() {
        assertThat(known.warnings(of(
                        "EnvConfigSource",
                        "_PROD_JTASK_BROKER_URI",
                        "_PROD_JTASK_WORKER_QUEUES_0_",
                        "_A_PROFILE_JTASK_BROKR_URI",
                        "_PROD_OTHER")))
                .containsExactly(
                        "the variable _A_PROFILE_JTASK_BROKR_URI is not known and has no effect; did you mean JTASK_BROKER_URI?");
    }

    private static List<ConfigSource> of(String source, String... names) {
        return List.of(new Named(source, Set.of(names)));
    }

    private record Named(String name, Set<String> names) implements ConfigSource {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public Set<String> getPropertyNames() {
            return names;
        }

        @Override
        public String getValue(String name) {
            return "s3cret";
        }
    }
}
