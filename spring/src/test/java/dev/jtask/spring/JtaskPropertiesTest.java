package dev.jtask.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jtask.client.AfterCommit;
import dev.jtask.seal.Signatures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;

class JtaskPropertiesTest {

    @Test
    void hasDefaultsForAll() {
        var jtask = bound(Map.of());

        assertThat(jtask.brokerUri()).isEqualTo("amqp://guest:guest@localhost:5672/");
        assertThat(jtask.consumed()).containsExactly("celery");
        assertThat(jtask.worker().enabled()).isFalse();
        assertThat(jtask.worker().drainTimeout()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aWorkerConsumesWhatTheApplicationSendsToUnlessItSaysMore() {
        assertThat(bound(Map.of("jtask.queue", "mail")).consumed()).containsExactly("mail");
        assertThat(bound(Map.of("jtask.queue", "mail", "jtask.worker.queues", "a,b"))
                        .consumed())
                .containsExactly("a", "b");
    }

    @Test
    void aKeysFileIsForTheClientAndSignaturesForTheWorker() {
        assertThat(bound(Map.of()).seal().isNone()).isTrue();

        var jtask = bound(Map.of("jtask.keys-file", "/etc/jtask/keys.json", "jtask.worker.signatures", "require"));
        assertThat(jtask.seal().keys()).isEqualTo(Path.of("/etc/jtask/keys.json"));
        assertThat(jtask.worker().signatures()).isEqualTo(Signatures.REQUIRE);
    }

    @Test
    void aKeysFileWithoutItsArtifactNamesIt() {
        var jtask = bound(Map.of("jtask.keys-file", "/etc/jtask/keys.json"));
        var beans = new StaticListableBeanFactory();

        assertThatThrownBy(() -> new JtaskAutoConfiguration()
                        .taskClient(jtask, beans.getBeanProvider(AfterCommit.class), new StandardEnvironment()))
                .isInstanceOf(JtaskStartException.class)
                .hasMessageContaining("dev.jtask:jtask-jose");
    }

    @Test
    void everyPropertyIsExplainedToEditors() throws IOException {
        var descriptions = new HashMap<String, String>();
        try (var metadata = JtaskProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            new ObjectMapper()
                    .readTree(metadata)
                    .path("properties")
                    .forEach(each -> descriptions.put(
                            each.path("name").asText(), each.path("description").asText()));
        }

        assertThat(descriptions)
                .containsKeys("jtask.broker-uri", "jtask.tls.ca", "jtask.worker.enabled", "jtask.worker.drain-timeout");
        assertThat(descriptions)
                .allSatisfy(
                        (name, description) -> assertThat(description).as(name).isNotBlank());
    }

    private static JtaskProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("jtask", JtaskProperties.class);
    }
}
