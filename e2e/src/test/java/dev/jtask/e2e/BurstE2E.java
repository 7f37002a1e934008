package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Work for a pool that has no pod.
@OnCluster
class BurstE2E {

    private static final String POOL = "burst";
    private static final int BURSTS = 20;

    private final Installation installation;
    private final Kubectl kubectl;

    BurstE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @BeforeEach
    void start() {
        installation.apply(Pool.named(POOL)
                .scaling("maxReplicas: 3, objective: {drainTime: 20s}, scaleDown: {stabilization: 1s}"));
        installation.awaitCondition(POOL, "Ready", "True ScaledToZero");
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "twp", POOL);
    }

    @Test
    void aSteadyStreamBringsPodsAndTheirEndTakesThemAway() throws InterruptedException {
        try (var load = Load.start(installation, POOL, 30, Duration.ofMillis(100))) {
            installation.awaitCondition(POOL, "Ready", "True Working");
            eventually("a thousand tasks").until(() -> load.sent() >= 1_000);
            installation.show("under load");

            assertThat(load.finish("scale from zero under load").lost()).isZero();
        }
        installation.awaitCondition(POOL, "Ready", "True ScaledToZero");
        assertThat(kubectl.events(POOL))
                .anyMatch(event -> event.startsWith("ScaledUp: from 0 to "))
                .anyMatch(event -> event.startsWith("ScaledDown: "));
    }

    /// Patched, not ready: how long a pod takes to start is the cluster's affair.
    @Test
    @Timeout(900)
    void aBurstIsAnsweredAtOnce() throws InterruptedException {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < BURSTS; i++) {
            try (var watch = ReplicaWatch.start(kubectl, POOL);
                    var load = Load.burst(installation, POOL, 20, Duration.ZERO)) {
                var sent = Instant.now();
                times.add(Duration.between(sent, watch.awaitSome()).toMillis());
                assertThat(load.finish("burst " + i).lost()).isZero();
            }
            // one that still ends would take the next burst, for which no pod is needed then
            eventually("no pod").until(() -> kubectl.pods(POOL).isEmpty());
        }
        times.sort(null);
        System.out.printf(
                "burst on an empty pool to replicas patched, ms: p50 %d, max %d, all %s%n",
                times.get(BURSTS / 2), times.getLast(), times);
        assertThat(times.get(BURSTS / 2)).isLessThan(5_000);
    }
}
