package dev.jtask.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// The management API as tests read it.
public final class BrokerView {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;

    BrokerView(String managementUri) {
        this.base = URI.create(managementUri);
    }

    /// A queue in the default vhost as the management API describes it; an empty object when there is none.
    public JsonNode queue(String name) {
        return get("/api/queues/%2F/" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    /// Ready and unacknowledged messages, -1 while the broker has no figure or there is no such queue.
    public long messages(String queue) {
        return queue(queue).path("messages").asLong(-1);
    }

    /// Messages that were delivered and not acknowledged; the broker counts with a delay of some seconds.
    public long unacked(String queue) {
        return queue(queue).path("messages_unacknowledged").asLong(-1);
    }

    /// Whether there is such a queue.
    public boolean exists(String queue) {
        return queue(queue).has("name");
    }

    /// Any GET of the management API, for example `/api/connections`; an empty object when it answers 404.
    public JsonNode get(String path) {
        return send("GET", path, "");
    }

    /// Any other request of the management API with a JSON body.
    public JsonNode send(String method, String path, String body) {
        var answer = answer(method, path, body);
        try {
            return answer.statusCode() == 404 || answer.body().isEmpty()
                    ? JSON.createObjectNode()
                    : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s of %s".formatted(method, path, base.getAuthority()), e);
        }
    }

    /// The same, to be carried out.
    ///
    /// @throws IllegalStateException when it is not, with the answer
    void order(String method, String path, String body) {
        var answer = answer(method, path, body);
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "%s %s was answered %d %s".formatted(method, path, answer.statusCode(), answer.body()));
        }
    }

    private HttpResponse<String> answer(String method, String path, String body) {
        try {
            var request = HttpRequest.newBuilder(
                            URI.create("http://%s:%d%s".formatted(base.getHost(), base.getPort(), path)))
                    .header("Authorization", "Basic " + credentials())
                    .timeout(Duration.ofMinutes(1))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s of %s".formatted(method, path, base.getAuthority()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the broker", e);
        }
    }

    /// Whether the server takes AMQP connections. That it serves a queue is not asked for: in a cluster the queue may
    /// be another node's.
    boolean hasListener(int amqpPort) {
        try {
            return get("/api/health/checks/port-listener/" + amqpPort)
                    .path("status")
                    .asText()
                    .equals("ok");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private String credentials() {
        return Base64.getEncoder().encodeToString(base.getUserInfo().getBytes(StandardCharsets.UTF_8));
    }
}
