package dev.jtask.operator.victim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpBusySlotsTest {

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
        assertThat(new HttpBusySlots(1).of(new PodBuilder().build())).isEmpty();
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

        assertThat(busy()).isEmpty();
    }

    @Test
    void aFigureThatIsNoneIsNoAnswer() {
        metrics = "jtask_worker_busy_slots 1.e.5\n";

        assertThat(busy()).isEmpty();
    }

    private OptionalInt busy() {
        return new HttpBusySlots(worker.getAddress().getPort()).of(pod());
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .endStatus()
                .build();
    }
}
