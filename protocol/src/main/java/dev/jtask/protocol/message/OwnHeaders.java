package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.json.WireDates;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Headers that a sender gives a message besides Celery's. What is taken here can be sent, by its sender as well
/// as by the worker that runs the step before it, and is read by its task.
@SuppressWarnings("JavaUtilDate") // as the AMQP client has it
public final class OwnHeaders {

    /// They tell the broker where else the message is to go; it ends the channel for any that is no array.
    private static final List<String> COPIES = List.of("CC", "BCC");

    private static final Set<Class<?>> WHOLE = Set.of(Byte.class, Short.class, Integer.class, Long.class);

    /// Of AMQP's decimals: bits beside the sign, and the largest scale.
    private static final int DECIMAL_BITS = 31;

    private static final int DECIMAL_SCALE = 255;

    /// How a header is named in an error, by its name.
    private final String subject;

    private int bytes;

    private OwnHeaders(String subject) {
        this.subject = subject;
    }

    /// @throws IllegalArgumentException that names the header which is taken or cannot be sent, and the fix
    public static void require(Map<String, @Nullable Object> headers) {
        var own = new OwnHeaders("header '%s'");
        headers.keySet().forEach(own::requireFree);
        own.requireSendable(headers);
    }

    /// @throws IllegalArgumentException that names the header which cannot be sent
    static void requireSendable(Map<String, @Nullable Object> headers, String subject) {
        new OwnHeaders(subject).requireSendable(headers);
    }

    /// As the option of a signature, of which [CallOptions] makes the same headers.
    public static ObjectNode json(Map<String, @Nullable Object> headers) {
        var json = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, value) -> json.set(name, json(value)));
        return json;
    }

    @SuppressWarnings("unchecked") // a header table's keys are strings
    private static JsonNode json(@Nullable Object value) {
        if (value instanceof Map<?, ?> table) {
            return json((Map<String, @Nullable Object>) table);
        }
        if (value instanceof List<?> list) {
            var array = JsonNodeFactory.instance.arrayNode();
            list.forEach(each -> array.add(json(each)));
            return array;
        }
        return TypedJson.mapper().valueToTree(value instanceof Date date ? moment(date) : value);
    }

    private void requireFree(String name) {
        var owner = HeaderNames.owner(name);
        if (owner != null) {
            throw wrong(name, "is %s own; take another name, such as my-%s".formatted(owner, name));
        }
    }

    private void requireSendable(Map<String, @Nullable Object> headers) {
        table("", headers, 1);
        new Headers(headers).requireWithinLimits();
        for (var name : COPIES) {
            if (headers.containsKey(name) && !(headers.get(name) instanceof List<?>)) {
                throw wrong(name, "is no array of routing keys");
            }
        }
    }

    private void table(String parent, Map<?, ?> table, int depth) {
        table.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw wrong(parent, "has a name that is no text");
            }
            if (!Headers.isShort(name)) {
                throw wrong(Excerpt.of(name), "has a name longer than %d bytes".formatted(Limits.SHORT_BYTES));
            }
            count(name);
            value(depth == 1 ? name : parent, value, depth);
        });
    }

    private void value(String name, @Nullable Object value, int depth) {
        if (value instanceof List<?> list) {
            requireDepth(name, depth);
            list.forEach(each -> value(name, each, depth + 1));
        } else if (value instanceof Map<?, ?> table) {
            requireDepth(name, depth);
            if (table.containsKey("__type__")) {
                throw wrong(name, "is a typed value; send it as text");
            }
            table(name, table, depth + 1);
        } else if (value instanceof String text) {
            text(name, text);
        } else if (value instanceof byte[] raw) {
            count(raw.length);
        } else if (value instanceof Number number) {
            number(name, number);
        } else if (value instanceof Date date) {
            if (!WireDates.isWritable(moment(date))) {
                throw wrong(name, "is not of the years 1 to 9999");
            }
        } else if (value != null && !(value instanceof Boolean)) {
            throw notCarried(name, value);
        }
    }

    private void text(String name, String text) {
        if (text.length() > Limits.HEADER_TEXT) {
            throw wrong(name, "is longer than %d characters".formatted(Limits.HEADER_TEXT));
        }
        count(text);
    }

    private void number(String name, Number number) {
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw wrong(
                        name, "is %s, which brokers cannot read; send a finite number, or a text".formatted(number));
            }
        } else if (number instanceof BigDecimal decimal) {
            boolean fits = decimal.scale() >= 0
                    && decimal.scale() <= DECIMAL_SCALE
                    && decimal.unscaledValue().bitLength() <= DECIMAL_BITS;
            if (!fits) {
                throw wrong(name, "has more digits than AMQP's decimals; send it as text");
            }
        } else if (!WHOLE.contains(number.getClass())) {
            throw notCarried(name, number);
        }
    }

    /// Of a day of JDBC too.
    private static Instant moment(Date date) {
        return Instant.ofEpochMilli(date.getTime());
    }

    private IllegalArgumentException notCarried(String name, Object value) {
        return wrong(
                name,
                "holds a %s, which AMQP cannot carry; make it text, a finite number, a boolean, bytes, a list or a map"
                        .formatted(value.getClass().getName()));
    }

    private void requireDepth(String name, int depth) {
        if (depth >= Limits.HEADER_DEPTH) {
            throw wrong(name, "is nested deeper than %d levels".formatted(Limits.HEADER_DEPTH));
        }
    }

    private void count(String text) {
        count(text.getBytes(StandardCharsets.UTF_8).length);
    }

    private void count(int more) {
        bytes += more;
        if (bytes > Limits.OWN_HEADERS_BYTES) {
            throw new IllegalArgumentException(
                    "headers take more than %d bytes together".formatted(Limits.OWN_HEADERS_BYTES));
        }
    }

    private IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(Excerpt.of("%s %s".formatted(subject.formatted(name), what)));
    }
}
