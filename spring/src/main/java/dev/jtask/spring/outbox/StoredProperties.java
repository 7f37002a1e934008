package dev.jtask.spring.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.HeaderTable;
import dev.jtask.protocol.message.WireProperties;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message's properties as text and back, so that whoever looks into the table can read them.
final class StoredProperties {

    /// In ASCII alone: no database's encoding has a say in it.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private StoredProperties() {}

    /// @throws IllegalArgumentException naming the header that AMQP has no type for
    static String write(Draft draft) {
        var parcel = draft.parcel();
        var text = JSON.createObjectNode();
        if (parcel.upkeep() != Parcel.Upkeep.TASKS) {
            text.put("upkeep", parcel.upkeep().name());
        }
        var due = draft.due();
        put(text, "due", due == null ? null : due.toString());
        write(text, parcel.message().properties());
        return written(text);
    }

    private static void write(ObjectNode text, WireProperties properties) {
        put(text, "contentType", properties.contentType());
        put(text, "contentEncoding", properties.contentEncoding());
        put(text, "correlationId", properties.correlationId());
        put(text, "replyTo", properties.replyTo());
        put(text, "deliveryMode", properties.deliveryMode());
        put(text, "priority", properties.priority());
        put(text, "expiration", properties.expiration());
        var headers = text.putObject("headers");
        properties.headers().forEach((name, value) -> headers.set(name, StoredHeader.write(name, value)));
        var others = properties.others();
        put(text, "messageId", others.messageId());
        if (others.timestamp() != null) {
            text.put("timestamp", others.timestamp().getEpochSecond());
        }
        put(text, "type", others.type());
        put(text, "userId", others.userId());
        put(text, "appId", others.appId());
    }

    /// @throws IllegalArgumentException when it is not what [#write] makes
    static WireProperties read(String text) {
        var node = object(text);
        var headers = new LinkedHashMap<String, @Nullable Object>();
        node.path("headers")
                .properties()
                .forEach(each -> headers.put(each.getKey(), StoredHeader.read(each.getValue())));
        return new WireProperties(
                text(node, "contentType"),
                text(node, "contentEncoding"),
                text(node, "correlationId"),
                text(node, "replyTo"),
                number(node, "deliveryMode"),
                number(node, "priority"),
                text(node, "expiration"),
                HeaderTable.of(headers),
                others(node));
    }

    /// @throws IllegalArgumentException when it is not what [#write] makes
    static Parcel.Upkeep upkeep(String text) {
        var upkeep = text(object(text), "upkeep");
        return upkeep == null ? Parcel.Upkeep.TASKS : Parcel.Upkeep.valueOf(upkeep);
    }

    /// When it is to be there; empty for at once.
    ///
    /// @throws IllegalArgumentException when it is not what [#write] makes
    static Optional<Instant> due(String text) {
        var due = text(object(text), "due");
        try {
            return Optional.ofNullable(due).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("it is due at '%s', which is no time".formatted(due), e);
        }
    }

    private static JsonNode object(String text) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its properties are no JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("its properties are no JSON object");
        }
        return node;
    }

    private static WireProperties.Others others(JsonNode node) {
        var time = node.get("timestamp");
        var others = new WireProperties.Others(
                text(node, "messageId"),
                time == null ? null : Instant.ofEpochSecond(time.asLong()),
                text(node, "type"),
                text(node, "userId"),
                text(node, "appId"));
        return others.equals(WireProperties.Others.NONE) ? WireProperties.Others.NONE : others;
    }

    private static String written(ObjectNode text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its properties cannot be written", e);
        }
    }

    private static void put(ObjectNode text, String name, @Nullable String value) {
        if (value != null) {
            text.put(name, value);
        }
    }

    private static void put(ObjectNode text, String name, @Nullable Integer value) {
        if (value != null) {
            text.put(name, value);
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        var value = node.get(name);
        return value == null ? null : value.asText();
    }

    private static @Nullable Integer number(JsonNode node, String name) {
        var value = node.get(name);
        return value == null ? null : value.asInt();
    }
}
