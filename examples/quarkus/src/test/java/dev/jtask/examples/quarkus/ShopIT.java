package dev.jtask.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The guide's application, asked over HTTP as its reader asks it; Dev Services give it a RabbitMQ.
@QuarkusTest
class ShopIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI shop = URI.create("/");

    /// A figure for people; nothing is asserted of it.
    @BeforeEach
    void howLongAReaderWaits() throws IOException, InterruptedException {
        if (TOLD.compareAndSet(false, true)) {
            send("POST", "customers?name=Ada");
            System.out.printf(
                    Locale.ROOT,
                    "guide: quarkus first result after %.1f s (from the start of the JVM, with the build and a RabbitMQ)%n",
                    ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
        }
    }

    @Test
    void aRequestBecomesATaskAndItsResultTheAnswer() throws IOException, InterruptedException {
        assertThat(send("POST", "customers?name=Ada")).isEqualTo("Welcome, Ada!");
    }

    @Test
    void itsWorkerIsInTheApplicationsHealth() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(send("GET", "q/health/ready"))
                        .containsIgnoringWhitespaces("\"name\": \"jtask worker\", \"status\": \"UP\""));
    }

    private String send(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(shop.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
