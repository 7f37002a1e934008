package dev.jtask.protocol.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Events on the wire: a message holds one, or an array of several tasks' events of one worker.
public final class EventCodec {

    /// Python's last year; a later time would be no date for its readers.
    private static final double LATEST = 253_402_300_800.0;

    /// So that a logical time can be exceeded for ever.
    private static final long LARGEST = 1L << 62;

    private static final List<String> ENVELOPE = List.of("type", "timestamp", "hostname", "utcoffset", "pid", "clock");

    private EventCodec() {}

    public static WireMessage encode(Event event) {
        return message(event.origin().node(), json(event));
    }

    /// @param events at least one, all of one worker
    public static WireMessage encode(List<Event> events) {
        var array = JsonNodeFactory.instance.arrayNode(events.size());
        events.forEach(event -> array.add(json(event)));
        return message(events.get(0).origin().node(), array);
    }

    /// What a message holds.
    ///
    /// @param refused why, of each part that is no event
    public record Decoded(List<Event> events, List<String> refused) {

        public Decoded {
            events = List.copyOf(events);
            refused = List.copyOf(refused);
        }
    }

    /// Whatever a message is; what is no event takes none of the others with it.
    public static Decoded decode(WireMessage message) {
        JsonNode body;
        try {
            body = TypedJson.mapper().readTree(message.body());
        } catch (JsonProcessingException e) {
            return new Decoded(List.of(), List.of("the body is not JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            return new Decoded(List.of(), List.of("the body is not JSON: " + e.getMessage()));
        }
        var events = new ArrayList<Event>();
        var refused = new ArrayList<String>();
        for (var event : body.isArray() ? body : List.of(body)) {
            try {
                events.add(event(event));
            } catch (IllegalArgumentException e) {
                refused.add(e.getMessage());
            }
        }
        return new Decoded(events, refused);
    }

    private static ObjectNode json(Event event) {
        var origin = event.origin();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("type", event.type())
                .put("timestamp", ChronoUnit.MICROS.between(Instant.EPOCH, event.time()) / 1e6)
                .put("hostname", origin.node())
                .put("utcoffset", origin.utcOffset())
                .put("pid", origin.pid())
                .put("clock", event.clock());
        return json.setAll(event.fields());
    }

    private static Event event(JsonNode json) {
        if (!(json instanceof ObjectNode event)
                || !json.path("type").isTextual()
                || !json.path("hostname").isTextual()) {
            throw new IllegalArgumentException("an event is an object with type and hostname");
        }
        return new Event(
                json.get("type").textValue(),
                new Event.Origin(json.get("hostname").textValue(), whole(json, "pid", LARGEST), (int)
                        whole(json, "utcoffset", 24)),
                time(json.path("timestamp")),
                whole(json, "clock", LARGEST),
                event.deepCopy().without(ENVELOPE));
    }

    /// Zero when the sender does not say.
    private static long whole(JsonNode event, String name, long largest) {
        var number = event.path(name);
        if (number.isMissingNode() || number.isNull()) {
            return 0;
        }
        if (number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= -largest
                && number.longValue() <= largest) {
            return number.longValue();
        }
        throw new IllegalArgumentException(
                "an event's %s must be a whole number of at most %d".formatted(name, largest));
    }

    private static Instant time(JsonNode timestamp) {
        double seconds = timestamp.isNumber() ? timestamp.doubleValue() : Double.NaN;
        if (seconds >= 0 && seconds < LATEST) {
            return Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS);
        }
        throw new IllegalArgumentException("an event's timestamp must be seconds since 1970");
    }

    private static WireMessage message(String node, JsonNode body) {
        try {
            return new WireMessage(
                    WireProperties.json(WireProperties.TRANSIENT, Map.of("hostname", node)),
                    TypedJson.mapper().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an event is not JSON", e);
        }
    }
}
