package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pods that go in the midst of their work.
@OnCluster
class PodsE2E {

    private static final String POOL = "pods";
    private static final Pool BEFORE = Pool.named(POOL).scaling("minReplicas: 2, maxReplicas: 2");

    private final Installation installation;
    private final Kubectl kubectl;

    PodsE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @BeforeEach
    void start() {
        installation.apply(BEFORE);
        eventually("two pods").until(() -> ready() == 2);
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "twp", POOL);
    }

    @Test
    void aKilledPodLosesNoTask() throws InterruptedException {
        try (var load = Load.start(installation, POOL, 10, Duration.ofMillis(500))) {
            for (int kills = 0; kills < 2; kills++) {
                int done = load.succeeded();
                eventually("more is done").until(() -> load.succeeded() > done + 20);
                kubectl.run("delete", "pod", kubectl.pods(POOL).getFirst(), "--grace-period=0", "--force");
            }
            eventually("two pods again").until(() -> ready() == 2);

            assertThat(load.finish("two worker pods killed under load").lost()).isZero();
        }
        installation.awaitCondition(POOL, "Ready", "True Working");
    }

    @Test
    void aRolledImageLosesNoTaskAndRunsNoneTwice() throws InterruptedException {
        try (var load = Load.start(installation, POOL, 10, Duration.ofMillis(500))) {
            eventually("work is done").until(() -> load.succeeded() > 20);
            kubectl.feed(BEFORE.image(Pool.ROLLED).yaml(), "apply", "-f", "-");
            kubectl.run("rollout", "status", "deployment/" + POOL, "--timeout=180s");
            assertThat(kubectl.field("deployment/" + POOL, ".spec.template.spec.containers[0].image"))
                    .isEqualTo(Pool.ROLLED);
            eventually("the old pods are gone").until(() -> kubectl.pods(POOL).size() == 2);

            var tally = load.finish("image rolled under load");
            assertThat(tally.lost()).isZero();
            assertThat(tally.again()).isZero();
        }
        installation.awaitCondition(POOL, "Ready", "True Working");
    }

    private long ready() {
        return kubectl.number("deployment/" + POOL, ".status.readyReplicas");
    }
}
