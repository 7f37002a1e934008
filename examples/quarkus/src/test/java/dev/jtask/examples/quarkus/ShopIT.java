package dev.jtask.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The guide's application, asked over HTTP as its reader asks it; Dev Services give it a RabbitMQ.
@QuarkusTest
class ShopIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    URI shop = URI.create("/");

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
