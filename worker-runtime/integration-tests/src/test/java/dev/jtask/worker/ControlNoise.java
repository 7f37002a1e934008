package dev.jtask.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import dev.jtask.protocol.json.TypedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Control messages with one thing wrong or more, by a seed. None of them asks for what would rightly end or change the
/// worker for good: no well-formed shutdown, no queue that exists.
final class ControlNoise {

    private static final List<String> REQUESTS = List.of(
            "{'method': 'ping'}",
            "{'method': 'pool_grow', 'arguments': {'n': 0}}",
            "{'method': 'pool_shrink', 'arguments': {'n': -1}}",
            "{'method': 'autoscale', 'arguments': {'max': -1, 'min': 7}}",
            "{'method': 'add_consumer', 'arguments': {'queue': 'amq.noise'}}",
            "{'method': 'cancel_consumer', 'arguments': {'queue': 'no.such'}}",
            "{'method': 'revoke', 'arguments': {'task_id': ['a', 'b'], 'terminate': true, 'signal': 'SIGTERM'}}",
            "{'method': 'revoke_by_stamped_headers', 'arguments': {'headers': {'k': ['v']}}}",
            "{'method': 'rate_limit', 'arguments': {'task_name': 't.add', 'rate_limit': '1/x'}}",
            "{'method': 'time_limit', 'arguments': {'task_name': 't.none', 'hard': -5, 'soft': 1e300}}",
            "{'method': 'enable_events'}",
            "{'method': 'heartbeat'}",
            "{'method': 'hello', 'arguments': {'from_node': 'x', 'revoked': {'a': 1}}}",
            "{'method': 'query_task', 'arguments': {'ids': ['a', 'b', 'c']}}",
            "{'method': 'registered', 'arguments': {'taskinfoitems': ['rate_limit', '__class__']}}",
            "{'method': 'stats'}",
            "{'method': 'conf', 'arguments': {'with_defaults': true}}",
            "{'method': 'memdump', 'arguments': {'samples': 99999999}}",
            "{'method': 'election', 'arguments': {'id': 'a', 'topic': 't', 'action': 'task'}}",
            "{'method': 'shutdown', 'destination': ['somebody@else']}");

    private final Random random;

    ControlNoise(long seed) {
        random = new Random(seed);
    }

    byte[] body() throws IOException {
        var request = (ObjectNode) TypedJson.mapper().readTree(pick(REQUESTS).replace('\'', '"'));
        var own = request.path("method").asText().equals("shutdown");
        if (random.nextInt(3) == 0) {
            request.set("reply_to", address());
            request.put("ticket", "t" + random.nextInt());
        }
        if (!own && random.nextInt(4) == 0) {
            request.set(
                    "pattern",
                    random.nextBoolean() ? value(2) : JsonNodeFactory.instance.textNode(text("[*?a-z@]{0,%d}!")));
            request.put("matcher", pick(List.of("glob", "pcre", "", "none")));
        }
        if (!own) {
            for (int i = random.nextInt(3); i > 0; i--) {
                spoil(request);
            }
        }
        boolean adds = request.path("method").asText().equals("add_consumer");
        if (adds
                && request.path("arguments") instanceof ObjectNode arguments
                && arguments.path("queue").isTextual()) {
            arguments.put("queue", "amq.noise"); // what could be had would be
        }
        var bytes = request.toString().getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> own || adds ? bytes : flipped(bytes);
            case 2 -> noise();
            default -> bytes;
        };
    }

    BasicProperties properties() {
        Map<String, Object> headers = new HashMap<>();
        if (random.nextInt(3) == 0) {
            headers.put("clock", pick(List.<Object>of(-1, "x", Long.MAX_VALUE, 1.5, true, new byte[] {1})));
        }
        if (random.nextInt(5) == 0) {
            headers.put("expires", pick(List.<Object>of(-1.0, "soon", 1e300, Map.of("a", 1))));
        }
        return new BasicProperties.Builder()
                .contentType(pick(List.of(
                        "application/json", "application/json", "text/plain", "application/x-python-serialize")))
                .contentEncoding(pick(List.of("utf-8", "utf-8", "binary", "no-such")))
                .headers(headers)
                .build();
    }

    private ObjectNode address() {
        var address = JsonNodeFactory.instance.objectNode();
        address.set(
                "exchange", random.nextBoolean() ? JsonNodeFactory.instance.textNode("reply.celery.pidbox") : value(1));
        address.set(
                "routing_key",
                random.nextBoolean() ? JsonNodeFactory.instance.textNode("k" + random.nextInt(9)) : value(1));
        return address;
    }

    /// Another value somewhere, or something more.
    private void spoil(ObjectNode node) {
        var names = node.properties().stream().map(Map.Entry::getKey).toList();
        if (names.isEmpty() || random.nextInt(5) == 0) {
            node.set(text("%d"), value(3));
            return;
        }
        var name = pick(names);
        if (node.get(name) instanceof ObjectNode inner && random.nextBoolean()) {
            spoil(inner);
        } else {
            node.set(name, value(3));
        }
    }

    private JsonNode value(int depth) {
        var json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 12 : 9)) {
            case 0 -> json.nullNode();
            case 1 -> json.booleanNode(random.nextBoolean());
            case 2 -> json.numberNode(random.nextLong());
            case 3 -> json.numberNode(Double.MAX_VALUE);
            case 4 -> json.numberNode(-random.nextInt(100));
            case 5 -> json.textNode("");
            case 6 -> json.textNode(text("%d"));
            case 7 -> json.textNode("x".repeat(random.nextInt(random.nextInt(200) == 0 ? 100_000 : 400)));
            case 8 -> json.textNode("a\r\nWARN forged \u0000\u2028\ud800");
            case 9 -> array(depth);
            case 10 -> nested(random.nextInt(200) == 0 ? 900 : 20);
            default -> {
                var object = json.objectNode();
                spoil(object);
                yield object;
            }
        };
    }

    private ArrayNode array(int depth) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(random.nextInt(100) == 0 ? 2_000 : 4); i > 0; i--) {
            array.add(value(depth - 1));
        }
        return array;
    }

    private static ArrayNode nested(int levels) {
        var inner = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < levels; i++) {
            inner = JsonNodeFactory.instance.arrayNode().add(inner);
        }
        return inner;
    }

    private byte[] flipped(byte[] bytes) {
        var copy = bytes.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] noise() {
        var bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text(String format) {
        return format.formatted(random.nextInt(1_000));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
