package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VictimsTest {

    @Test
    void takesPodsInTheOrderOfKubernetes() {
        var starting = pod("starting", Readiness.NOT_READY, 100, 0);
        var idle = pod("idle", Readiness.READY, -1, 0);
        var young = pod("young", Readiness.READY, 0, 20);
        var old = pod("old", Readiness.READY, 0, 10);
        var busy = pod("busy", Readiness.READY, 2, 30);

        assertThat(Victims.choose(List.of(busy, old, young, idle, starting), 4))
                .containsExactly(starting, idle, young, old);
    }

    @Test
    void takesNoneWhenThereAreTooFew() {
        assertThat(Victims.choose(List.of(pod("a", Readiness.READY, 0, 0)), -1)).isEmpty();
    }

    private static PodFacts pod(String name, Readiness readiness, int cost, int createdSecond) {
        return new PodFacts(name, "hash", readiness, cost, Instant.ofEpochSecond(createdSecond));
    }
}
