package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.operator.report.HttpWorkerReports;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Very many answers that are wrong in some way: the operator takes each for a fault of whoever gave it, or for figures
/// that can be. `make fuzz` gives 10,000 of each.
@Timeout(300)
class AnswersFuzzTest {

    private static final int ANSWERS = Integer.getInteger("fuzz.answers", 300);

    private static final Set<String> QUEUES = Set.of("orders", "mails");

    private final AnswerNoise noise = new AnswerNoise(6);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aManagementApisAnswerIsFiguresOrAFault() {
        answerWith(AnswerNoise.LISTING);
        var door = new ManagementDoor(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "u", "p", "/");
        var api = HttpManagementApi.open(new BrokerAccess(List.of(door), TlsMaterial.NONE), Duration.ofSeconds(2));
        int figures = 0;

        for (int i = 0; i < ANSWERS; i++) {
            try {
                var samples = api.read(QUEUES);
                assertThat(samples.keySet()).isSubsetOf("orders", "mails");
                assertThat(samples.values()).allSatisfy(AnswersFuzzTest::canBe);
                figures++;
            } catch (ManagementException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
        System.out.printf("management: answers=%,d of which figures=%,d%n", ANSWERS, figures);
    }

    @Test
    void aWorkersAnswerIsAReportOrNone() {
        answerWith(AnswerNoise.METRICS);
        var reports = HttpWorkerReports.plain(server.getAddress().getPort());
        int told = 0;

        for (int i = 0; i < ANSWERS; i++) {
            var report = reports.of(pod(), QUEUES);
            report.ifPresent(AnswersFuzzTest::canBe);
            told += report.isPresent() ? 1 : 0;
        }
        System.out.printf("metrics: answers=%,d of which reports=%,d%n", ANSWERS, told);
    }

    private void answerWith(String good) {
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange, good);
            }
        });
    }

    private void answer(HttpExchange exchange, String good) throws IOException {
        var body = noise.of(good.getBytes(StandardCharsets.UTF_8));
        int status = noise.status();
        boolean without = body.length == 0 || status == 204;
        exchange.getResponseHeaders().add("Content-Type", noise.contentType());
        exchange.sendResponseHeaders(status, without ? -1 : body.length);
        if (!without) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void canBe(QueueSample sample) {
        assertThat(Stream.<@Nullable Long>of(
                        sample.ready(), sample.unacked(), sample.consumers(), sample.published(), sample.acked()))
                .allMatch(figure -> figure == null || figure >= 0);
    }

    private static void canBe(WorkerReport report) {
        assertThat(report.busySlots()).isNotNegative();
        var figures = Stream.concat(
                Stream.of(
                        report.oldestSeconds(),
                        report.runs().ended(),
                        report.runs().failed(),
                        report.runs().redelivered()),
                report.work().values().stream().flatMap(work -> Stream.of(work.busySeconds(), work.ended())));
        assertThat(figures).allMatch(figure -> Double.isFinite(figure) && figure >= 0);
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .withNamespace("test")
                .endMetadata()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .endStatus()
                .build();
    }
}
