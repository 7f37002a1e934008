package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class FinalizersTest {

    @Test
    void holdEveryObjectButPods() {
        assertThat(Finalizers.hold(Yaml.of("{kind: Service, metadata: {finalizers: [a/b]}}")))
                .isTrue();
        assertThat(Finalizers.hold(Yaml.of("{kind: Pod, metadata: {finalizers: [a/b]}}")))
                .isFalse();
        assertThat(Finalizers.hold(Yaml.of("{kind: Service, metadata: {}}"))).isFalse();
    }

    @Test
    void haveAnObjectMarkedOnce() {
        var marked = Finalizers.marked(Yaml.of("metadata: {generation: 3}"), Requests.NOON);

        assertThat(marked.at("/metadata/deletionTimestamp").asText()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(marked.at("/metadata/generation").asInt()).isEqualTo(4);
        assertThat(Finalizers.marked(marked, Requests.NOON.plusSeconds(9))).isEqualTo(marked);
    }
}
