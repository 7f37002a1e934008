package dev.jtask.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpWorkerReportsTest {

    private static final String QUOTED = "or\"d{er}s";
    private static final Set<String> QUEUES = Set.of(QUOTED, "mails");

    @SuppressWarnings("NullAway.Init")
    private HttpServer worker;

    private String metrics = "";

    @BeforeEach
    void listen() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/metrics", exchange -> {
            var body = metrics.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.stop(0);
    }

    @Test
    void theGaugeSaysHowManyTasksRun() {
        metrics = "# TYPE jtask_worker_busy_slots gauge\njtask_worker_slots 8\njtask_worker_busy_slots 3.0\n";
        assertThat(busy()).hasValue(3);
        metrics = "jtask_worker_busy_slots{queue=\"a\"} 2\n";
        assertThat(busy()).hasValue(2);
    }

    @Test
    void aPodThatDoesNotSayIsNotIdle() {
        metrics = "something_else 0\n";
        assertThat(busy()).isEmpty();
        worker.stop(0);
        assertThat(busy()).isEmpty();
        assertThat(HttpWorkerReports.plain(1).of(new PodBuilder().build(), QUEUES))
                .isEmpty();
    }

    @Test
    void theTotalsOfEachQueueSayHowLongTasksTake() {
        metrics = """
            jtask_worker_busy_slots 2.0
            jtask_worker_oldest_task_seconds 61.5
            jtask_worker_busy_seconds_total{application="a",queue="or\\"d{er}s"} 1.25E3
            jtask_worker_runs_ended_total{application="a",queue="or\\"d{er}s"} 40.0
            jtask_worker_busy_seconds_total{queue="mails"} 3.0
            jtask_worker_tasks_seconds_count{outcome="succeeded",task="busy_seconds_total"} 7
            """;

        assertThat(report())
                .contains(new WorkerReport(
                        2, 61.5, Map.of(QUOTED, new Work(1250, 40), "mails", new Work(3, 0)), new Runs(7, 0, 0)));
    }

    @Test
    void aBackslashBeforeAnNIsNoLineBreak() throws IOException {
        var text = """
            jtask_worker_busy_slots 2.0
            jtask_worker_busy_seconds_total{queue="shop\\\\new\\"q"} 3.0
            """;

        assertThat(MetricsText.read(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Set.of("shop\\new\"q")))
                .hasValueSatisfying(
                        report -> assertThat(report.work()).containsExactly(Map.entry("shop\\new\"q", new Work(3, 0))));
    }

    @Test
    void whatCameOfRunsIsCountedOverAllTasks() {
        metrics = """
            jtask_worker_busy_slots 2.0
            jtask_worker_redeliveries_total 5.0
            jtask_worker_tasks_seconds_count{outcome="succeeded",task="a"} 7
            jtask_worker_tasks_seconds_sum{outcome="succeeded",task="a"} 700
            jtask_worker_tasks_seconds_bucket{outcome="succeeded",task="a",le="1.0"} 7
            jtask_worker_tasks_seconds_count{outcome="failed",task="a"} 3
            jtask_worker_tasks_seconds_count{outcome="retried",task="b"} 2
            jtask_worker_tasks_seconds_count{application="x",outcome="rejected",task="b"} 1
            jtask_worker_tasks_seconds_count{outcome="postponed",task="b"} 90
            jtask_worker_tasks_seconds_count{outcome="revoked",task="b"} 90
            jtask_worker_tasks_seconds_count{outcome="requeued",task="outcome=failed"} 90
            """;

        assertThat(report()).hasValueSatisfying(said -> assertThat(said.runs()).isEqualTo(new Runs(13, 6, 5)));
    }

    @Test
    @Timeout(30)
    void anAnswerWithoutEndIsNoAnswer() {
        worker.removeContext("/metrics");
        worker.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var junk = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            try (var body = exchange.getResponseBody()) {
                // ends by the reader's leaving
                for (int i = 0; i < 100_000; i++) {
                    body.write(junk);
                }
            }
        });

        assertThat(report()).isEmpty();
    }

    @Test
    void aFigureThatIsNoneIsNoAnswer() {
        for (var none : List.of("1.e.5", "1e999", "e", "1e308", "1000000000000001")) {
            metrics = "jtask_worker_busy_slots 1\njtask_worker_runs_ended_total{queue=\"a\"} " + none + "\n";

            assertThat(report()).isEmpty();
        }
    }

    @Test
    void aLineWithoutEndIsPassedOver() {
        var name = "\\\"".repeat(50_000);
        metrics = """
            jtask_worker_runs_ended_total{queue="%s"} 3
            jtask_worker_runs_ended_total{queue="mails",task="%s"} 4
            jtask_worker_busy_slots 1
            jtask_worker_runs_ended_total{queue="mails"} 5""".formatted(name, "x".repeat(8_000));

        assertThat(report()).contains(new WorkerReport(1, 0, Map.of("mails", new Work(0, 9))));
    }

    @Test
    void whatAWorkerSaysOfQueuesThatAreNotItsPoolsIsNotKept() {
        var others = IntStream.range(0, 20_000)
                .mapToObj("jtask_worker_runs_ended_total{queue=\"q%d\"} 3\n"::formatted)
                .collect(Collectors.joining());
        metrics = others + "jtask_worker_busy_slots 1\njtask_worker_busy_seconds_total{queue=\"mails\"} 4\n" + others;

        assertThat(report()).contains(new WorkerReport(1, 0, Map.of("mails", new Work(4, 0))));
    }

    private Optional<Integer> busy() {
        return report().map(WorkerReport::busySlots);
    }

    private Optional<WorkerReport> report() {
        return report(Duration.ofSeconds(20));
    }

    private Optional<WorkerReport> report(Duration patience) {
        return HttpWorkerReports.plain(worker.getAddress().getPort(), patience).of(pod(), QUEUES);
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .endStatus()
                .build();
    }
}
