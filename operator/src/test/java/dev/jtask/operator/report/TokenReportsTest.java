package dev.jtask.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.Pods;
import dev.jtask.operator.fake.SettableClock;
import dev.jtask.operator.secret.MetricsTokens;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Workers that show their figures to whoever shows a token, beside one that asks for none.
class TokenReportsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final FakeSecrets secrets = new FakeSecrets();
    private final MetricsTokens tokens = new MetricsTokens(secrets, Duration.ofSeconds(30), clock);
    private final List<String> shown = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer worker;

    private volatile String wanted = "Bearer one";

    @BeforeEach
    void start() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/metrics", this::answer);
        worker.start();
        secretHas("one");
    }

    @AfterEach
    void stop() {
        worker.stop(0);
    }

    @Test
    void areReadByTheTokenOfThePodsSecret() {
        assertThat(busy(pod("/etc/jtask/metrics/metricsToken", "metrics"))).contains(3);
        assertThat(shown).containsExactly("Bearer one");
    }

    @Test
    void areReadThroughARotationWhoeverIsFirst() {
        var pod = pod("/etc/jtask/metrics/metricsToken", "metrics");
        secretHas("two");
        assertThat(busy(pod)).as("the pod's file is not renewed yet").contains(3);
        wanted = "Bearer two";
        assertThat(busy(pod)).contains(3);
    }

    @Test
    void areNotReadByAnyOther() {
        wanted = "Bearer another";
        assertThat(busy(pod("/etc/jtask/metrics/metricsToken", "metrics"))).isEmpty();
        assertThat(busy(pod("/etc/jtask/metrics/metricsToken", "unknown"))).isEmpty();
    }

    @Test
    void aPodThatAsksForNoneIsShownNone() {
        wanted = "";
        assertThat(busy(pod("", "metrics"))).contains(3);
        assertThat(busy(pod("/etc/own/token", "")))
                .as("its own one, which is not known")
                .contains(3);
        assertThat(shown).containsExactly("", "");
    }

    private void secretHas(String token) {
        secrets.put("metrics", MetricsTokens.KEY, token);
        clock.forward(Duration.ofMinutes(1));
        tokens.look("shop", "metrics");
    }

    private Optional<Integer> busy(Pod pod) {
        return HttpWorkerReports.plain(worker.getAddress().getPort(), PATIENCE)
                .showing(tokens)
                .of(pod, Set.of())
                .map(report -> report.busySlots());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            shown.add(given);
            var body = "jtask_worker_busy_slots 3.0\n".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(given.equals(wanted) ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Pod pod(String file, String secret) {
        return Pods.showing(Map.of("JTASK_METRICS_TOKEN_FILE", file))
                .edit()
                .editSpec()
                .addNewVolume()
                .withName(secret.isEmpty() ? "own" : MetricsTokens.VOLUME)
                .withNewSecret()
                .withSecretName(secret.isEmpty() ? "own" : secret)
                .endSecret()
                .endVolume()
                .endSpec()
                .build();
    }
}
