package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.Yaml;
import org.junit.jupiter.api.Test;

class FieldSelectorTest {

    private static final String EVENTS = "/api/v1/namespaces/default/events?";

    @Test
    void keepsWhatHasTheValues() {
        var selector = FieldSelector.ofEvents(
                        EVENTS + "fieldSelector=involvedObject.name%3Da%2Creason%3D%3DStarted&limit=500")
                .orElseThrow();

        assertThat(selector.bare()).isEqualTo(EVENTS + "limit=500");
        assertThat(selector.filter(Yaml.of("""
                items:
                  - {involvedObject: {name: a}, reason: Started}
                  - {involvedObject: {name: a}, reason: Ended}
                  - {involvedObject: {name: b}, reason: Started}
                """)))
                .isEqualTo(Yaml.of("items: [{involvedObject: {name: a}, reason: Started}]"));
    }

    @Test
    void leavesOthersToTheMock() {
        assertThat(FieldSelector.ofEvents("/api/v1/pods?fieldSelector=metadata.name%3Da"))
                .isEmpty();
        assertThat(FieldSelector.ofEvents(EVENTS + "fieldSelector=a%3Db&watch=true"))
                .isEmpty();
        assertThat(FieldSelector.ofEvents(EVENTS + "limit=5")).isEmpty();
    }
}
