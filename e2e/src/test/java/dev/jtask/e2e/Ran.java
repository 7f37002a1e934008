package dev.jtask.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jtask.testing.BrokerView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/// The tasks of a pool that have succeeded: each leaves its number in a queue that nobody else consumes.
final class Ran {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOME = """
        {"count": 2000, "ackmode": "ack_requeue_false", "encoding": "auto"}""";

    private final Set<Long> numbers = new HashSet<>();
    private final BrokerView view;
    private final String queue;
    private int again;

    Ran(BrokerView view, String pool) {
        this.view = view;
        this.queue = pool + ".ran";
        var _ = view.send("PUT", path(), "{\"durable\": true}");
        // an earlier load of the same pool has left the same numbers
        var _ = view.send("DELETE", path() + "/contents", "");
    }

    /// Where the numbers are left.
    String queue() {
        return queue;
    }

    /// Takes out what has come since.
    Ran look() {
        for (var letters = take(); !letters.isEmpty(); letters = take()) {
            for (var letter : letters) {
                again += numbers.add(number(letter)) ? 0 : 1;
            }
        }
        return this;
    }

    /// The tasks that have succeeded, as of the last look.
    Set<Long> numbers() {
        return numbers;
    }

    /// How often one succeeded that had before.
    int again() {
        return again;
    }

    private JsonNode take() {
        return view.send("POST", path() + "/get", SOME);
    }

    private String path() {
        return "/api/queues/%2F/" + queue;
    }

    private static long number(JsonNode letter) {
        try {
            return JSON.readTree(letter.path("payload").asText())
                    .path(0)
                    .path(0)
                    .asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
