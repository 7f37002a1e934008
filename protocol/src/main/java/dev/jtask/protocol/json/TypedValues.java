package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;

/// kombu's typed values in both directions, one line for each Java type.
final class TypedValues {

    static final String TYPE = "__type__";
    static final String VALUE = "__value__";

    private TypedValues() {}

    static SimpleModule module() {
        var module = new SimpleModule("kombu");
        write(module, Instant.class, "datetime", WireDates::format);
        write(module, OffsetDateTime.class, "datetime", WireDates::format);
        write(module, ZonedDateTime.class, "datetime", time -> WireDates.format(time.toOffsetDateTime()));
        write(module, LocalDateTime.class, "datetime", WireDates::format);
        write(module, LocalDate.class, "date", LocalDate::toString);
        write(module, LocalTime.class, "time", WireDates::format);
        write(module, BigDecimal.class, "decimal", BigDecimal::toString);
        write(module, byte[].class, "base64", Base64.getEncoder()::encodeToString);
        module.addSerializer(new UuidWriter());

        read(module, Instant.class, node -> WireDates.parse(node.asText()));
        read(
                module,
                OffsetDateTime.class,
                node -> WireDates.parse(node.asText()).atOffset(ZoneOffset.UTC));
        read(module, ZonedDateTime.class, node -> WireDates.parse(node.asText()).atZone(ZoneOffset.UTC));
        read(module, LocalDateTime.class, node -> WireDates.local(node.asText()));
        read(module, LocalDate.class, node -> WireDates.day(node.asText()));
        read(module, LocalTime.class, node -> LocalTime.parse(node.asText()));
        read(module, BigDecimal.class, node -> node.isNumber() ? node.decimalValue() : new BigDecimal(node.asText()));
        read(module, UUID.class, TypedValues::uuid);
        module.addDeserializer(byte[].class, new BytesReader());
        module.addDeserializer(Object.class, new OpenReader());
        return module;
    }

    static UUID uuid(JsonNode value) {
        var text = value.isObject() ? value.path("hex").asText() : value.asText();
        return text.contains("-")
                ? UUID.fromString(text)
                : new UUID(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
    }

    static byte[] bytes(String type, String text) {
        return type.equals("bytes")
                ? text.getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(text);
    }

    static boolean isTyped(JsonNode node) {
        return node.isObject() && node.size() == 2 && node.has(TYPE) && node.has(VALUE);
    }

    private static <T> void write(SimpleModule module, Class<T> type, String name, Function<T, String> text) {
        module.addSerializer(type, new TextWriter<>(type, name, text));
    }

    private static <T> void read(SimpleModule module, Class<T> type, Function<JsonNode, T> parse) {
        module.addDeserializer(type, new ValueReader<>(type, parse));
    }

    private static final class TextWriter<T> extends StdSerializer<T> {
        private final String name;
        private final transient Function<T, String> text;

        TextWriter(Class<T> type, String name, Function<T, String> text) {
            super(type);
            this.name = name;
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeStringField(TYPE, name);
            out.writeStringField(VALUE, text.apply(value));
            out.writeEndObject();
        }
    }

    private static final class UuidWriter extends StdSerializer<UUID> {
        UuidWriter() {
            super(UUID.class);
        }

        @Override
        public void serialize(UUID value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeStringField(TYPE, "uuid");
            out.writeObjectFieldStart(VALUE);
            out.writeStringField("hex", value.toString().replace("-", ""));
            out.writeEndObject();
            out.writeEndObject();
        }
    }

    private static final class ValueReader<T> extends StdDeserializer<T> {
        private final transient Function<JsonNode, T> parse;

        ValueReader(Class<T> type, Function<JsonNode, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(in);
            try {
                return parse.apply(isTyped(node) ? node.get(VALUE) : node);
            } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw context.weirdStringException(node.toString(), handledType(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static final class BytesReader extends StdDeserializer<byte[]> {
        BytesReader() {
            super(byte[].class);
        }

        @Override
        public byte[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(in);
            return isTyped(node)
                    ? bytes(node.get(TYPE).asText(), node.get(VALUE).asText())
                    : bytes("base64", node.asText());
        }
    }
}
