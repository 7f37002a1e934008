package dev.jtask.operator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.operator.fake.FakeReports;
import dev.jtask.operator.fake.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RollCallTest {

    private static final Set<String> QUEUES = Set.of("orders");

    private final FakeReports pods = new FakeReports();
    private final AtomicLong now = new AtomicLong();
    private final RollCall calls = new RollCall(pods, now::get);

    @Test
    void hearsEveryPodThatAnswers() {
        pods.runs("a", 1).runs("b", 0);

        assertThat(calls.of(List.of(Pods.ready("a"), Pods.ready("b"), Pods.ready("silent")), QUEUES))
                .containsOnly(
                        Map.entry("a", new WorkerReport(1, 0, Map.of())),
                        Map.entry("b", new WorkerReport(0, 0, Map.of())));
    }

    @Test
    void asksAPodThatStaysSilentOnlyOnceInAWhile() {
        var both = List.of(Pods.ready("silent"), Pods.ready("good"));
        pods.runs("good", 1);
        for (int second = 0; second < 60; second += 5) {
            assertThat(calls.of(both, QUEUES)).containsOnlyKeys("good");
            now.addAndGet(Duration.ofSeconds(5).toNanos());
        }

        assertThat(pods.asked())
                .filteredOn("silent"::equals)
                .as("at 0, 5, 10 and 40 s")
                .hasSize(4);

        pods.runs("silent", 2);
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        calls.of(both, QUEUES);
        assertThat(calls.of(both, QUEUES)).as("one that speaks again").containsOnlyKeys("good", "silent");
    }

    @Test
    void asksThoseFirstThatAnswer() {
        var all = new ArrayList<>(
                IntStream.range(0, 200).mapToObj(i -> Pods.ready("silent-" + i)).toList());
        all.add(Pods.ready("good"));
        pods.runs("good", 1);
        // a second is over with each answer, so that there is never time for all
        var slow = new RollCall(
                (pod, queues) -> {
                    now.addAndGet(Duration.ofSeconds(1).toNanos());
                    return pods.of(pod, queues);
                },
                now::get);
        while (pods.asked().stream().distinct().count() < all.size()) {
            slow.of(all, QUEUES);
        }

        for (int i = 0; i < 10; i++) {
            assertThat(slow.of(all, QUEUES)).containsOnlyKeys("good");
        }
    }

    @Test
    void aPodThatCannotBeUnderstoodIsSilentAndKeepsNoOtherFromBeingAsked() {
        pods.runs("good", 1);
        var broken = new RollCall(
                (pod, queues) -> {
                    if (pod.getMetadata().getName().startsWith("broken")) {
                        throw new NumberFormatException("..");
                    }
                    return pods.of(pod, queues);
                },
                now::get);
        var all = new ArrayList<>(
                IntStream.range(0, 100).mapToObj(i -> Pods.ready("broken-" + i)).toList());
        all.add(Pods.ready("good"));

        assertThat(broken.of(all, QUEUES)).containsOnlyKeys("good");
    }

    @Test
    void podsThatAcceptAndNeverAnswerDelayNoOtherPool() throws Exception {
        var waiting = new AtomicInteger();
        var enough = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var worker = worker()) {
            var answering = HttpWorkerReports.plain(worker.port(), Duration.ofSeconds(30));
            var stalling = HttpWorkerReports.plain(silent.getLocalPort());
            var all = new RollCall((pod, queues) -> {
                if (pod.getMetadata().getName().equals("good")) {
                    return answering.of(pod, queues);
                }
                if (waiting.incrementAndGet() > 20) {
                    enough.countDown();
                }
                // for as long as the other takes on a busy machine
                pass(goOn);
                return stalling.of(pod, queues);
            });
            var stalled =
                    IntStream.range(0, 500).mapToObj(i -> pod("stalled-" + i)).toList();
            var good = List.of(pod("good"));
            var first = threads.submit(() -> all.of(stalled, QUEUES));
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(all.of(good, QUEUES)).containsOnlyKeys("good"));
            assertThat(first).as("the stalled ones are still waited for").isNotDone();
            goOn.countDown();

            assertThat(first.get()).isEmpty();
            assertThat(waiting).as("500 would take ten times as long").hasValueLessThan(150);
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts whoever asks", e);
        }
    }

    private record Worker(HttpServer server) implements AutoCloseable {

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static Worker worker() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                var body = "jtask_worker_busy_slots 3\n".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return new Worker(server);
    }

    private static Pod pod(String name) {
        return Pods.ready(name)
                .edit()
                .editStatus()
                .withPodIP("127.0.0.1")
                .endStatus()
                .build();
    }
}
