package dev.jtask.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

/// The guide's application, asked over HTTP as its reader asks it.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long begun = System.nanoTime();
    private final ConfigurableApplicationContext shop;

    ShopIT(RabbitMqNode node) {
        this.shop = SpringApplication.run(
                Shop.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                // of Spring AMQP, which is there for another test
                "--management.health.rabbit.enabled=false",
                "--jtask.broker-uri=" + node.amqpUri());
    }

    /// A figure for people; nothing is asserted of it.
    @BeforeAll
    void howLongAReaderWaits() throws IOException, InterruptedException {
        send("POST", "/customers?name=Ada");
        System.out.printf(
                Locale.ROOT,
                "guide: spring-boot first result after %.1f s (from the start of the application)%n",
                (System.nanoTime() - begun) / 1e9);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void itsSpringBootIsTheOneThatWasAskedFor() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.version"));
    }

    @Test
    void aRequestBecomesATaskAndItsResultTheAnswer() throws IOException, InterruptedException {
        assertThat(send("POST", "/customers?name=Ada")).isEqualTo("Welcome, Ada!");
    }

    @Test
    void itsWorkerIsInTheApplicationsHealthAndMetrics() throws IOException, InterruptedException {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(send("GET", "/actuator/health")).contains("\"status\":\"UP\""));
        assertThat(send("GET", "/actuator/metrics")).contains("busy_slots");
    }

    private String send(String method, String path) throws IOException, InterruptedException {
        var port = shop.getEnvironment().getProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(port, path)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
