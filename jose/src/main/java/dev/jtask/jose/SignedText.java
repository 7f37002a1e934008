package dev.jtask.jose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a signature is over: all that a message says but what brokers, workers and tracers note on its way, as one
/// text that is the same for the sender and for whoever receives it. AMQP changes the width of numbers and the order
/// of tables. Pure.
final class SignedText {

    /// The sender's own, of which the broker takes one away.
    private static final Set<String> OF_THE_BROKER =
            Set.of("CC", "BCC", "x-death", "x-delivery-count", "x-acquired-count", "x-received-from", "x-shovelled");

    private static final List<String> PREFIXES_OF_THE_BROKER =
            List.of("x-first-death-", "x-last-death-", "x-shovelled-", "x-opt-", "x-stream-");

    /// Agents of tracers write them anew where a message is published, behind whoever signs. No task goes by them.
    private static final Set<String> OF_TRACERS =
            Set.of("traceparent", "tracestate", "b3", "elastic-apm-traceparent", "newrelic", "uber-trace-id");

    private static final List<String> PREFIXES_OF_TRACERS = List.of("X-B3-", "x-datadog-");

    /// What people are shown of the arguments, of which workers hide what is secret. The arguments are in the body.
    private static final Set<String> DISPLAY = Set.of("argsrepr", "kwargsrepr");

    private SignedText() {}

    /// @param waits whether it is over what the task waits for as well, which a worker has noted and signed
    static byte[] of(WireMessage message, boolean waits) {
        var properties = message.properties();
        var head = JsonNodeFactory.instance.objectNode();
        head.put("content-type", properties.contentType());
        head.put("content-encoding", properties.contentEncoding());
        head.put("correlation-id", properties.correlationId());
        head.put("reply-to", properties.replyTo());
        head.put("priority", properties.priority());
        head.set("headers", signed(properties.headers(), waits));
        try {
            var text = TypedJson.mapper().writeValueAsBytes(head);
            var all = new byte[text.length + 1 + message.body().length];
            System.arraycopy(text, 0, all, 0, text.length);
            all[text.length] = '\n';
            System.arraycopy(message.body(), 0, all, text.length + 1, message.body().length);
            return all;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the headers cannot be signed", e);
        }
    }

    private static ObjectNode signed(Map<String, @Nullable Object> headers, boolean waits) {
        var sorted = new TreeMap<String, @Nullable Object>(headers);
        sorted.keySet().removeIf(header -> changesOnTheWay(header) && !(waits && header.equals(JtaskHeaders.SIGNALS)));
        return table(sorted);
    }

    private static boolean changesOnTheWay(String header) {
        return header.equals(JtaskHeaders.SIGNATURE)
                || JtaskHeaders.isTrail(header)
                || DISPLAY.contains(header)
                || OF_THE_BROKER.contains(header)
                || PREFIXES_OF_THE_BROKER.stream().anyMatch(header::startsWith)
                || OF_TRACERS.contains(header)
                || PREFIXES_OF_TRACERS.stream().anyMatch(header::startsWith);
    }

    private static ObjectNode table(Map<?, ?> values) {
        var sorted = new TreeMap<String, @Nullable Object>();
        values.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        var table = JsonNodeFactory.instance.objectNode();
        sorted.forEach((name, value) -> table.set(name, value(value)));
        return table;
    }

    /// Every kind of value by a text that no other kind has.
    private static JsonNode value(@Nullable Object value) {
        var json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        }
        if (value instanceof Boolean flag) {
            return json.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return json.objectNode().put("number", number(number));
        }
        if (value instanceof Map<?, ?> map) {
            return json.objectNode().set("table", table(map));
        }
        if (value instanceof List<?> list) {
            var array = json.arrayNode(list.size());
            list.forEach(each -> array.add(value(each)));
            return array;
        }
        if (value instanceof Object[] list) {
            return value(Arrays.asList(list));
        }
        if (value instanceof byte[] bytes) {
            return json.objectNode().put("bytes", Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof Date date) {
            // AMQP has whole seconds
            return json.objectNode().put("seconds", date.toInstant().getEpochSecond());
        }
        return json.textNode(value.toString());
    }

    private static String number(Number number) {
        try {
            return new BigDecimal(number.toString()).stripTrailingZeros().toString();
        } catch (NumberFormatException e) {
            return number.toString(); // no number, or infinite
        }
    }
}
