package dev.jtask.e2e;

import static dev.jtask.e2e.Installation.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two operators, and what becomes of the one that leads.
@OnCluster
@Timeout(600)
class LeadershipE2E {

    private static final String POOL = "led";
    private static final Duration AWAY = Duration.ofSeconds(30);

    private final Installation installation;
    private final Kubectl kubectl;

    LeadershipE2E(Installation installation) {
        this.installation = installation;
        this.kubectl = installation.kubectl();
    }

    @BeforeEach
    void two() {
        kubectl.run("scale", "deployment/jtask", "--replicas=2");
        eventually("both operators are ready").until(() -> operators() == 2);
        installation.apply(Pool.named(POOL).scaling("minReplicas: 1, maxReplicas: 3, objective: {drainTime: 20s}"));
        installation.awaitCondition(POOL, "Ready", "True Working");
    }

    @AfterEach
    void one() {
        kubectl.run("delete", "twp", POOL);
        kubectl.run("scale", "deployment/jtask", "--replicas=1");
        eventually("one operator").until(() -> kubectl.number("deployment/jtask", ".status.replicas") == 1);
    }

    @Test
    void whenTheLeaderDiesTheOtherGoesOn() throws InterruptedException {
        var dead = installation.leader();
        try (var load = Load.start(installation, POOL, 20, Duration.ofMillis(300))) {
            var killed = Instant.now();
            kubectl.run("delete", "pod", dead, "--grace-period=0", "--force");
            installation.awaitLeaderAfter(dead);
            show("fail-over after the leader's death", killed);
            eventually("the pool grows").until(() -> replicas() > 1);
            show("first decision after the leader's death", killed);

            assertThat(load.finish("leader killed under load").lost()).isZero();
        }
    }

    @Test
    void aLeaderThatWasStoppedAndGoesOnWritesNothingMore() throws IOException, InterruptedException {
        var old = installation.leader();
        var process = HostProcess.ofPod(old);
        var restarts = restarts(old);
        try (var load = Load.start(installation, POOL, 20, Duration.ofMillis(300))) {
            var stopped = Instant.now();
            process.stop();
            try {
                installation.awaitLeaderAfter(old);
                show("fail-over after the leader was stopped", stopped);
                eventually("the pool grows").until(() -> replicas() > 1);
            } finally {
                process.goOn();
            }
            eventually("the old one begins anew").until(() -> restarts(old) > restarts);
            assertThat(installation.leader()).isNotEqualTo(old);
            assertThat(kubectl.run("logs", old, "--previous", "--tail=50")).contains("lost the lease");

            assertThat(load.finish("leader stopped and continued under load").lost())
                    .isZero();
        }
        eventually("both operators are ready").until(() -> operators() == 2);
    }

    @Test
    void anApiServerThatIsAwayLeavesWorkersAtWorkAndOneLeader() throws IOException, InterruptedException {
        var server = HostProcess.apiServer();
        try (var load = Load.start(installation, POOL, 10, Duration.ofMillis(200))) {
            eventually("work is done").until(() -> load.succeeded() > 20);
            server.stop();
            int before = load.succeeded();
            try {
                await("away").pollDelay(AWAY).atMost(AWAY.plusSeconds(20)).until(() -> load.succeeded() > before + 100);
            } finally {
                server.goOn();
            }
            var back = Instant.now();
            eventually("somebody leads and renews")
                    .ignoreExceptions()
                    .until(() -> renewed().isAfter(back));
            show("a leader after the API server is back", back);
            installation.awaitCondition(POOL, "Ready", "True Working");
            var renewed = renewed();
            eventually("it goes on to").until(() -> renewed().isAfter(renewed));

            assertThat(load.finish("API server away for 30 s under load").lost())
                    .isZero();
        }
        eventually("both operators are ready").until(() -> operators() == 2);
    }

    private Instant renewed() {
        return Instant.parse(kubectl.field("lease/jtask", ".spec.renewTime"));
    }

    private long operators() {
        return kubectl.number("deployment/jtask", ".status.readyReplicas");
    }

    private long replicas() {
        return kubectl.number("deployment/" + POOL, ".spec.replicas");
    }

    private long restarts(String pod) {
        return kubectl.number("pod/" + pod, ".status.containerStatuses[0].restartCount");
    }

    private static void show(String what, Instant since) {
        System.out.printf(
                "%s: %.1f s%n", what, Duration.between(since, Instant.now()).toMillis() / 1_000.0);
    }
}
