package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Objects as they are, in fabric8's mock: it gives them their uids and versions, and tells those who watch.
final class Store {

    private final Function<RecordedRequest, MockResponse> mock;
    private final Supplier<Collection<String>> contents;

    /// @param mock answers plain reads and writes
    /// @param contents all that it has
    Store(Function<RecordedRequest, MockResponse> mock, Supplier<Collection<String>> contents) {
        this.mock = mock;
        this.contents = contents;
    }

    Optional<ObjectNode> find(String path) {
        var answer = send(HttpMethod.GET, path, "");
        return answer.code() == 200 ? Optional.of((ObjectNode) Answers.body(answer)) : Optional.empty();
    }

    JsonNode list(String path) {
        return Answers.body(send(HttpMethod.GET, path, ""));
    }

    List<ObjectNode> all() {
        return List.copyOf(contents.get()).stream()
                .map(text -> (ObjectNode) Answers.parse(text))
                .toList();
    }

    /// @param collection the path of the list that the object joins
    ObjectNode create(String collection, ObjectNode object) {
        return written(send(HttpMethod.POST, collection, object.toString()), object);
    }

    /// An object that was only waiting for its last finalizer goes.
    ObjectNode replace(String path, ObjectNode object) {
        return written(send(HttpMethod.PUT, path, object.toString()), object);
    }

    void delete(String path) {
        send(HttpMethod.DELETE, path, "");
    }

    private static ObjectNode written(MockResponse answer, ObjectNode object) {
        var body = Answers.body(answer);
        if (answer.code() >= 300) {
            throw Refusal.of(answer.code(), body.path("message").asText());
        }
        // the mock answers nothing when the write has ended the object
        return body instanceof ObjectNode written ? written : object;
    }

    private MockResponse send(HttpMethod method, String path, String body) {
        var headers = Headers.builder().add("Content-Type", "application/json").build();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return mock.apply(new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer(bytes)));
    }
}
