package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class ScalesTest {

    @Test
    void showTheReplicasWantedAndThereAndTheirSelector() {
        var scale = Scales.read(Yaml.of("""
            metadata: {name: d, uid: u, labels: {a: b}}
            spec: {replicas: 3, selector: {matchLabels: {app: d}}}
            status: {replicas: 2}
            """));

        assertThat(scale).isEqualTo(Yaml.of("""
            kind: Scale
            apiVersion: autoscaling/v1
            metadata: {name: d, uid: u}
            spec: {replicas: 3}
            status: {replicas: 2, selector: app=d}
            """));
    }

    @Test
    void preferTheSelectorOfTheStatus() {
        assertThat(Scales.read(Yaml.of("status: {selector: pool=p}"))
                        .at("/status/selector")
                        .asText())
                .isEqualTo("pool=p");
    }

    @Test
    void changeTheReplicasAlone() {
        assertThat(Scales.write(Yaml.of("spec: {replicas: 3, paused: true}"), Yaml.of("spec: {replicas: 5}")))
                .isEqualTo(Yaml.of("spec: {replicas: 5, paused: true}"));
    }
}
