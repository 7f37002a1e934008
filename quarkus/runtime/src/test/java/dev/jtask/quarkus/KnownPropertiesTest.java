package dev.jtask.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

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
                        "%prod.jtask.any")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatSomebodyWroteForTheApplicationIsAnErrorWithoutItsValue() {
        assertThatThrownBy(() -> known.check(of("application.properties", "jtask.brokr-uri")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the property jtask.brokr-uri is not known (application.properties); did you mean"
                        + " jtask.broker-uri?. Correct the name, or remove what has no effect");
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
