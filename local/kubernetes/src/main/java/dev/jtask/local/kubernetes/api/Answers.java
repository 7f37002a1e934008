package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.mockwebserver.http.MockResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// JSON to answers of the mock server and back.
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    static MockResponse json(int code, JsonNode body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body.toString());
    }

    /// @return missing when the answer is empty
    static JsonNode body(MockResponse answer) {
        return Optional.ofNullable(answer.getBody())
                .map(body -> parse(new String(body.getBytes(), StandardCharsets.UTF_8)))
                .orElseGet(MissingNode::getInstance);
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("the request is not JSON: " + e.getOriginalMessage());
        }
    }
}
