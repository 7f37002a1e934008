package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A broker that goes and comes back.
@OnCluster
class BrokerAwayE2E {

    private static final String POOL = "away";

    private final Installation installation;
    private final Kubectl kubectl;

    BrokerAwayE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @BeforeEach
    void start() {
        installation.apply(Pool.named(POOL).scaling("minReplicas: 1, maxReplicas: 6, objective: {drainTime: 60s}"));
        installation.awaitCondition(POOL, "Ready", "True Working");
    }

    @AfterEach
    void delete() {
        kubectl.run("delete", "twp", POOL);
    }

    @Test
    void podsThatStayGoOnWithoutOthersBesideThem() throws InterruptedException {
        try (var load = Load.start(installation, POOL, 5, Duration.ofMillis(300))) {
            eventually("work is done").until(() -> load.succeeded() > 20);
            var pods = kubectl.pods(POOL);

            installation.broker().stop();
            awaitBlind();
            assertThat(kubectl.pods(POOL)).isEqualTo(pods);
            installation.broker().resume();
            awaitRecovery();

            assertThat(load.finish("broker away, pods stay").lost()).isZero();
            assertThat(kubectl.events(POOL))
                    .anyMatch(event -> event.startsWith("BrokerUnreachable: "))
                    .anyMatch(event -> event.startsWith("BrokerRecovered: "));
            assertThat(kubectl.number("deployment/" + POOL, ".spec.replicas"))
                    .as("what an outage leaves behind needs no more than two pods")
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void podsThatStartWithoutABrokerWorkOnceItIsBack() throws InterruptedException {
        try (var load = Load.start(installation, POOL, 5, Duration.ofMillis(300))) {
            eventually("work is done").until(() -> load.succeeded() > 20);
            installation.broker().stop();
            awaitBlind();
            var pods = kubectl.pods(POOL);
            kubectl.run("delete", "pod", "-l", "app.kubernetes.io/instance=" + POOL, "--wait=false");
            eventually("pods that have never met a broker").until(() -> {
                var now = kubectl.pods(POOL);
                return !now.isEmpty() && now.stream().noneMatch(pods::contains) && isStarted(now.getFirst());
            });
            installation.broker().resume();
            awaitRecovery();

            assertThat(load.finish("broker away, pods replaced meanwhile").lost())
                    .isZero();
        }
    }

    private boolean isStarted(String pod) {
        return kubectl.field("pod/" + pod, ".status.phase").equals("Running");
    }

    private void awaitBlind() {
        installation.awaitCondition(POOL, "BrokerReachable", "False BrokerUnreachable");
        installation.awaitCondition(POOL, "ScalingActive", "False Blind");
        System.out.println(kubectl.run("get", "twp", POOL, "-o", "jsonpath={.status.conditions[*].message}"));
    }

    private void awaitRecovery() {
        installation.awaitCondition(POOL, "BrokerReachable", "True Answering");
        installation.awaitCondition(POOL, "ScalingActive", "True Deciding");
        installation.awaitCondition(POOL, "Ready", "True Working");
    }
}
