package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// What kombu has no typed value for, and the keys of maps: the text of ISO 8601, as `toString` writes it.
final class PlainTexts {

    private PlainTexts() {}

    static void addTo(SimpleModule module) {
        both(module, Duration.class, Duration::parse);
        both(module, Period.class, Period::parse);
        both(module, Year.class, Year::parse);
        both(module, YearMonth.class, YearMonth::parse);
        both(module, MonthDay.class, MonthDay::parse);
        both(module, ZoneOffset.class, ZoneOffset::of);
        both(module, ZoneId.class, ZoneId::of);
        // Jackson takes a zone that nobody knows for Greenwich
        module.addDeserializer(TimeZone.class, new TextReader<>(TimeZone.class, PlainTexts::zone));
        key(module, TimeZone.class, PlainTexts::zone);
        day(module, Instant.class, WireDates::parse, WireDates::requireWritable);
        day(module, OffsetDateTime.class, WireDates::aware, WireDates::requireWritable);
        day(module, ZonedDateTime.class, ZonedDateTime::parse, WireDates::requireWritable);
        day(module, LocalDateTime.class, WireDates::local, WireDates::requireWritable);
        day(module, LocalDate.class, WireDates::day, WireDates::requireWritable);
        key(module, LocalTime.class, LocalTime::parse);
        key(module, OffsetTime.class, OffsetTime::parse);
        key(module, UUID.class, text -> TypedValues.uuid(TextNode.valueOf(text)));
        key(module, BigDecimal.class, text -> TypedValues.decimal(TextNode.valueOf(text)));
        key(module, Byte.class, Byte::valueOf);
    }

    private static TimeZone zone(String text) {
        return TimeZone.getTimeZone(ZoneId.of(text, ZoneId.SHORT_IDS));
    }

    private static <T> void both(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, new ToStringSerializer(type));
        module.addDeserializer(type, new TextReader<>(type, parse));
        key(module, type, parse);
    }

    /// A key with a year, of which one that nobody reads is not written.
    private static <T> void day(
            SimpleModule module, Class<T> type, Function<String, T> parse, Consumer<T> requireWritable) {
        module.addKeySerializer(type, new KeyWriter<>(type, requireWritable));
        key(module, type, parse);
    }

    static <T> void key(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addKeyDeserializer(type, new KeyReader(type, parse));
    }

    private static final class TextReader<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> parse;

        TextReader(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        @SuppressWarnings("unchecked") // what it answers is of the handled type
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(handledType(), in);
            }
            try {
                return parse.apply(in.getText());
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
                throw context.weirdStringException(in.getText(), handledType(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static final class KeyWriter<T> extends StdSerializer<T> {
        private final transient Consumer<T> requireWritable;

        KeyWriter(Class<T> type, Consumer<T> requireWritable) {
            super(type);
            this.requireWritable = requireWritable;
        }

        @Override
        public void serialize(T key, JsonGenerator out, SerializerProvider provider) throws IOException {
            requireWritable.accept(key);
            out.writeFieldName(key.toString());
        }
    }

    private static final class KeyReader extends KeyDeserializer {
        private final Class<?> type;
        private final Function<String, ?> parse;

        KeyReader(Class<?> type, Function<String, ?> parse) {
            this.type = type;
            this.parse = parse;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            try {
                return parse.apply(key);
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
                throw context.weirdKeyException(type, key, String.valueOf(e.getMessage()));
            }
        }
    }
}
