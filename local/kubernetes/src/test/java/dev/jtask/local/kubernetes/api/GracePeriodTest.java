package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class GracePeriodTest {

    private static final ObjectNode POD = Yaml.of("{kind: Pod, metadata: {name: p}, spec: {nodeName: n}}");

    @Test
    void isForPodsThatRunOnANode() {
        assertThat(GracePeriod.applies(POD, Yaml.of("{}"))).isTrue();
        assertThat(GracePeriod.applies(POD, Yaml.of("{gracePeriodSeconds: 0}"))).isFalse();
        assertThat(GracePeriod.applies(Yaml.of("{kind: Pod, spec: {}}"), Yaml.of("{}")))
                .isFalse();
        assertThat(GracePeriod.applies(Yaml.of("{kind: Service, spec: {nodeName: n}}"), Yaml.of("{}")))
                .isFalse();
    }

    @Test
    void marksAPodOnceAndIsGivenBack() {
        var marked = GracePeriod.marked(POD, Requests.NOON);

        assertThat(marked.at("/metadata/deletionTimestamp").asText()).isEqualTo("2026-01-01T12:00:30Z");
        assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(GracePeriod.marked(marked, Requests.NOON.plusSeconds(9))).isEqualTo(marked);
        assertThat(GracePeriod.released(marked).at("/metadata/finalizers")).isEmpty();
    }
}
