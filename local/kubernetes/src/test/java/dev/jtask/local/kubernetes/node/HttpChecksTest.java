package dev.jtask.local.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.jtask.local.kubernetes.node.PodFacts.Readiness;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpChecksTest {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer worker;
    private volatile int code = 200;

    @BeforeEach
    void start() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/up", exchange -> {
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.stop(0);
        http.close();
    }

    @Test
    void takeAContainerWithoutAProbeForReady() {
        assertThat(checks(new Container()).readiness()).isEqualTo(Readiness.READY);
    }

    @Test
    void askTheReadinessProbesNamedPort() {
        var checks = checks(probed());

        assertThat(checks.readiness()).isEqualTo(Readiness.READY);
        code = 503;
        assertThat(checks.readiness()).isEqualTo(Readiness.NOT_READY);
        worker.stop(0);
        assertThat(checks.readiness()).isEqualTo(Readiness.NOT_READY);
    }

    @Test
    void findAContainerDeadAfterAsManyFailuresAsItMayHave() {
        var checks = checks(probed());
        assertThat(checks.isDead(START)).isFalse();
        code = 503;

        assertThat(checks.isDead(START.plusSeconds(5))).isFalse();
        assertThat(checks.isDead(START.plusSeconds(10))).isFalse();
        assertThat(checks.isDead(START.plusSeconds(15))).isTrue();
    }

    @Test
    void giveAStartTime() {
        code = 503;
        var checks = checks(probed());

        assertThat(checks.isDead(START.plusSeconds(60))).isFalse();
        assertThat(checks.isDead(START.plusSeconds(150))).isTrue();
    }

    @Test
    void lookAgainSoonUntilAPodIsReady() {
        var checks = checks(probed());

        assertThat(checks.pause(Readiness.NOT_READY)).isLessThan(Duration.ofSeconds(1));
        assertThat(checks.pause(Readiness.READY)).isEqualTo(Duration.ofSeconds(7));
    }

    private HttpChecks checks(Container container) {
        return new HttpChecks(http, "127.0.0.1", container, START);
    }

    private Container probed() {
        return new ContainerBuilder()
                .addNewPort()
                .withName("http")
                .withContainerPort(worker.getAddress().getPort())
                .endPort()
                .withNewReadinessProbe()
                .withPeriodSeconds(7)
                .withNewHttpGet()
                .withPath("/up")
                .withNewPort("http")
                .endHttpGet()
                .endReadinessProbe()
                .withNewLivenessProbe()
                .withPeriodSeconds(5)
                .withFailureThreshold(2)
                .withNewHttpGet()
                .withPath("/up")
                .withNewPort("http")
                .endHttpGet()
                .endLivenessProbe()
                .build();
    }
}
