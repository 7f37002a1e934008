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
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/// kombu's typed values in both directions, one line for each Java type.
final class TypedValues {

    static final String TYPE = "__type__";
    static final String VALUE = "__value__";

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern DASHED = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private TypedValues() {}

    static SimpleModule module() {
        var module = new SimpleModule("kombu");
        write(module, Instant.class, "datetime", WireDates::format);
        write(module, OffsetDateTime.class, "datetime", WireDates::format);
        write(module, ZonedDateTime.class, "datetime", WireDates::format);
        write(module, LocalDateTime.class, "datetime", WireDates::format);
        write(module, LocalDate.class, "date", WireDates::format);
        write(module, LocalTime.class, "time", WireDates::format);
        write(module, OffsetTime.class, "time", WireDates::format);
        write(module, BigDecimal.class, "decimal", BigDecimal::toString);
        write(module, byte[].class, "base64", Base64.getEncoder()::encodeToString);
        module.addSerializer(new UuidWriter());

        read(module, Instant.class, "datetime", node -> WireDates.parse(text(node)));
        read(module, OffsetDateTime.class, "datetime", node -> WireDates.aware(text(node)));
        read(
                module,
                ZonedDateTime.class,
                "datetime",
                node -> WireDates.aware(text(node)).toZonedDateTime());
        read(module, LocalDateTime.class, "datetime", node -> WireDates.local(text(node)));
        read(module, LocalDate.class, "date", node -> WireDates.day(text(node)));
        read(module, LocalTime.class, "time", node -> LocalTime.parse(text(node)));
        read(module, OffsetTime.class, "time", node -> OffsetTime.parse(text(node)));
        read(module, Date.class, "datetime", node -> Date.from(moment(node)));
        read(module, Calendar.class, "datetime", node -> calendar(moment(node)));
        read(module, GregorianCalendar.class, "datetime", node -> calendar(moment(node)));
        read(module, BigDecimal.class, "decimal", TypedValues::decimal);
        read(module, UUID.class, "uuid", TypedValues::uuid);
        module.addDeserializer(byte[].class, new BytesReader());
        module.addDeserializer(Object.class, new OpenReader());
        OlderDates.addTo(module);
        SqlTypes.addTo(module);
        StrictNumbers.addTo(module);
        StrictArrays.addTo(module);
        PlainTexts.addTo(module);
        return module;
    }

    /// Milliseconds as well, which is how Jackson writes the older types.
    static Instant moment(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? Instant.ofEpochMilli(value.longValue())
                : WireDates.parse(text(value));
    }

    private static GregorianCalendar calendar(Instant moment) {
        return GregorianCalendar.from(moment.atZone(ZoneOffset.UTC));
    }

    /// @throws IllegalArgumentException unless it has 32 hexadecimal digits, with or without dashes
    static UUID uuid(JsonNode value) {
        var text = text(value.isObject() ? value.path("hex") : value);
        if (DASHED.matcher(text).matches()) {
            return UUID.fromString(text);
        }
        if (!HEX.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no UUID".formatted(text));
        }
        return new UUID(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
    }

    static byte[] bytes(String type, JsonNode value) {
        var text = text(value);
        return switch (type) {
            case "bytes" -> text.getBytes(StandardCharsets.UTF_8);
            case "base64" -> Base64.getDecoder().decode(text);
            default -> throw new IllegalArgumentException("bytes are needed, not a " + type);
        };
    }

    /// Of text or number. What would take more digits than a message may have is refused before it is reckoned with.
    static BigDecimal decimal(JsonNode value) {
        if (value.isNumber()) {
            return bounded(value.decimalValue());
        }
        var text = text(value);
        if (text.length() > Limits.NUMBER_LENGTH) {
            throw new IllegalArgumentException("a decimal of more than %d digits".formatted(Limits.NUMBER_LENGTH));
        }
        return bounded(new BigDecimal(text));
    }

    private static BigDecimal bounded(BigDecimal value) {
        if (Math.abs((long) value.scale()) > Limits.NUMBER_LENGTH) {
            throw new IllegalArgumentException("a decimal with an exponent beyond %d".formatted(Limits.NUMBER_LENGTH));
        }
        return value;
    }

    /// @throws IllegalArgumentException when it is another kind of value
    static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        throw new IllegalArgumentException("a text is needed, not one of type "
                + value.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    static boolean isTyped(JsonNode node) {
        return node.isObject() && node.size() == 2 && node.has(TYPE) && node.has(VALUE);
    }

    private static <T> void write(SimpleModule module, Class<T> type, String name, Function<T, String> text) {
        module.addSerializer(type, new TextWriter<>(type, name, text));
    }

    static <T> void read(SimpleModule module, Class<T> type, String name, Function<JsonNode, T> parse) {
        module.addDeserializer(type, new ValueReader<>(type, name, parse));
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
        private final String name;
        private final transient Function<JsonNode, T> parse;

        ValueReader(Class<T> type, String name, Function<JsonNode, T> parse) {
            super(type);
            this.name = name;
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(in);
            try {
                return parse.apply(isTyped(node) ? valueOf(node) : node);
            } catch (DateTimeException | IllegalArgumentException e) {
                throw context.weirdStringException(node.toString(), handledType(), String.valueOf(e.getMessage()));
            }
        }

        /// A moment may be read as the day that it begins, and a day as its first moment: Python writes both so.
        private JsonNode valueOf(JsonNode typed) {
            var type = text(typed.get(TYPE));
            if (type.equals(name) || (isDay(type) && isDay(name))) {
                return typed.get(VALUE);
            }
            throw new IllegalArgumentException("a %s is needed, not a %s".formatted(name, type));
        }

        private static boolean isDay(String type) {
            return type.equals("date") || type.equals("datetime");
        }
    }

    private static final class BytesReader extends StdDeserializer<byte[]> {
        BytesReader() {
            super(byte[].class);
        }

        @Override
        public byte[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(in);
            try {
                return isTyped(node) ? bytes(text(node.get(TYPE)), node.get(VALUE)) : bytes("base64", node);
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(node.toString(), byte[].class, String.valueOf(e.getMessage()));
            }
        }
    }
}
