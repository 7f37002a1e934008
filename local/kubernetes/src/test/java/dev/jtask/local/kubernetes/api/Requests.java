package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.local.kubernetes.Yaml;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// An embedded API without a network: requests as clients make them, at a standing clock.
final class Requests {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    record Answer(int code, JsonNode body) {

        String message() {
            return body.path("message").asText();
        }
    }

    private final List<ApiRequest> seen = new ArrayList<>();
    private final Doorkeeper doorkeeper = Doorkeeper.withNewToken();
    private final ApiDispatcher dispatcher =
            new ApiDispatcher(doorkeeper, seen::add, Clock.fixed(NOON, ZoneOffset.UTC));

    /// What the API told of its requests.
    List<ApiRequest> seen() {
        return seen;
    }

    Answer get(String path) {
        return send(HttpMethod.GET, path, "application/json", "");
    }

    Answer post(String path, String yaml) {
        return send(HttpMethod.POST, path, "application/json", Yaml.of(yaml).toString());
    }

    Answer put(String path, JsonNode object) {
        return send(HttpMethod.PUT, path, "application/json", object.toString());
    }

    Answer delete(String path) {
        return send(HttpMethod.DELETE, path, "application/json", "");
    }

    /// @param options in YAML
    Answer delete(String path, String options) {
        return send(
                HttpMethod.DELETE, path, "application/json", Yaml.of(options).toString());
    }

    Answer merge(String path, String yaml) {
        return send(
                HttpMethod.PATCH,
                path,
                "application/merge-patch+json",
                Yaml.of(yaml).toString());
    }

    Answer patch(String path, String contentType, String patch) {
        return send(HttpMethod.PATCH, path, contentType, patch);
    }

    /// @param query such as `fieldManager=helm&force=true`
    Answer apply(String path, String query, String yaml) {
        return send(HttpMethod.PATCH, path + "?" + query, "application/apply-patch+yaml", yaml);
    }

    private Answer send(HttpMethod method, String path, String contentType, String body) {
        var headers = Headers.builder()
                .add("Host", "127.0.0.1")
                .add("Authorization", "Bearer " + doorkeeper.token())
                .add("Content-Type", contentType)
                .add("User-Agent", "tester/1.0 (test)")
                .build();
        var answer = dispatcher.dispatch(new RecordedRequest(
                "HTTP/1.1", method, path, headers, new Buffer(body.getBytes(StandardCharsets.UTF_8))));
        return new Answer(answer.code(), Answers.body(answer));
    }
}
