package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A watched namespace that is deleted, with the operator's rights in it.
@OnCluster
class NamespaceE2E {

    private static final Kubectl LOST = new Kubectl(Installation.SECOND_NAMESPACE);
    private static final String POOL = "kept";

    private final Installation installation;
    private final Kubectl kubectl;

    NamespaceE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "twp", "--ignore-not-found", POOL);
    }

    @Test
    @Timeout(600)
    void keepsNoOtherFromBeingLookedAfter() throws InterruptedException {
        var pool = Pool.named("gone").deleted().classic();
        installation.secret(LOST, "rabbitmq", "guest", "guest");
        LOST.feed(pool.yaml(), "apply", "-f", "-");
        eventually("it is served").until(() -> LOST.condition("gone", "QueuesReady"), "True AllExist"::equals);

        var deleted = Instant.now();
        LOST.run("delete", "namespace", LOST.namespace(), "--timeout=150s");
        System.out.printf(
                "a namespace with a pool whose queue goes with it is gone after %d s%n",
                Duration.between(deleted, Instant.now()).toSeconds());
        installation.apply(Pool.named(POOL));
        serves("namespace lost, the same operator");

        kubectl.run("delete", "twp", POOL);
        var old = installation.leader();
        var began = Instant.now();
        kubectl.run("delete", "pod", old);
        installation.awaitLeaderAfter(old);
        installation.apply(Pool.named(POOL));
        System.out.printf(
                "without the namespace an operator starts and serves the others after %d s%n",
                Duration.between(began, Instant.now()).toSeconds());
        serves("namespace lost, a new operator");
        assertThat(kubectl.field("pod/" + installation.leader(), ".status.containerStatuses[0].restartCount"))
                .isEqualTo("0");
    }

    private void serves(String scenario) throws InterruptedException {
        try (var load = Load.start(installation, POOL, 20, Duration.ofMillis(20))) {
            eventually("some tasks").until(() -> load.sent() > 100);
            assertThat(load.finish(scenario).lost()).isZero();
        }
    }
}
