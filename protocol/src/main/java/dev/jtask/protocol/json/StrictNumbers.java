package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The numbers that Jackson reads too kindly: 255 as the byte -1, 1e300 as an infinite float, 16777217 as the float
/// 16777216, the text `"NaN"`, 65 as `A`; and as keys of maps. Of a number with a fraction the nearest is read.
final class StrictNumbers {

    /// Each integer below is a double.
    private static final double EXACT = 1L << 53;

    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private StrictNumbers() {}

    static void addTo(SimpleModule module) {
        add(module, byte.class, Byte.class, StrictNumbers::toByte);
        add(module, float.class, Float.class, StrictNumbers::toFloat);
        add(module, double.class, Double.class, StrictNumbers::toDouble);
        add(module, char.class, Character.class, StrictNumbers::toChar);
        PlainTexts.key(module, Double.class, text -> key(text, Double.parseDouble(text)));
        PlainTexts.key(module, Float.class, text -> {
            float value = Float.parseFloat(text);
            key(text, value);
            return value;
        });
    }

    /// Null for what is not of the type.
    private interface Reading<T> {
        @Nullable
        T read(JsonParser in) throws IOException;
    }

    private static <T> void add(SimpleModule module, Class<T> primitive, Class<T> boxed, Reading<T> reading) {
        module.addDeserializer(primitive, new Strict<>(primitive, boxed, reading));
        module.addDeserializer(boxed, new Strict<>(boxed, boxed, reading));
    }

    private static @Nullable Byte toByte(JsonParser in) throws IOException {
        if (!in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            return null;
        }
        int value = in.getIntValue();
        return value == (byte) value ? (Byte) (byte) value : null;
    }

    private static @Nullable Float toFloat(JsonParser in) throws IOException {
        var value = toDouble(in);
        if (value == null) {
            return null;
        }
        float nearest = value.floatValue();
        boolean lost = (nearest == 0 && value != 0)
                || (Float.isInfinite(nearest) && !value.isInfinite())
                || (in.hasToken(JsonToken.VALUE_NUMBER_INT) && !isKept(integer(in), nearest));
        return lost ? null : (Float) nearest;
    }

    private static @Nullable Double toDouble(JsonParser in) throws IOException {
        if (in.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
            double value = in.getDoubleValue();
            boolean lost = !in.isNaN()
                    && (Double.isInfinite(value)
                            || (value == 0 && in.getDecimalValue().signum() != 0));
            return lost ? null : (Double) value;
        }
        if (!in.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            return null;
        }
        double value = in.getDoubleValue();
        return Math.abs(value) < EXACT || isKept(integer(in), value) ? (Double) value : null;
    }

    private static BigDecimal integer(JsonParser in) throws IOException {
        return new BigDecimal(in.getBigIntegerValue());
    }

    /// @throws IllegalArgumentException when the text is no number, or one that the value does not stand for
    private static double key(String text, double value) {
        if (!NOT_FINITE.contains(text) && !isKept(TypedValues.decimal(TextNode.valueOf(text)), value)) {
            throw new IllegalArgumentException("the nearest number here is " + value);
        }
        return value;
    }

    /// Whether an integer is this value, and anything else comes near it.
    private static boolean isKept(BigDecimal exact, double value) {
        if (Double.isInfinite(value)) {
            return false;
        }
        return exact.scale() == 0 ? exact.compareTo(new BigDecimal(value)) == 0 : value != 0 || exact.signum() == 0;
    }

    private static @Nullable Character toChar(JsonParser in) throws IOException {
        var text = in.hasToken(JsonToken.VALUE_STRING) ? in.getText() : "";
        return text.length() == 1 ? (Character) text.charAt(0) : null;
    }

    private static final class Strict<T> extends StdScalarDeserializer<T> {
        private final Class<T> boxed;
        private final transient Reading<T> reading;

        Strict(Class<T> type, Class<T> boxed, Reading<T> reading) {
            super(type);
            this.boxed = boxed;
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            var value = reading.read(in);
            if (value == null) {
                return boxed.cast(context.handleUnexpectedToken(
                        handledType(),
                        in.currentToken(),
                        in,
                        "%s is no %s",
                        in.getText(),
                        boxed.getSimpleName().toLowerCase(Locale.ROOT)));
            }
            return value;
        }

        @Override
        public @Nullable T getNullValue(DeserializationContext context) throws JsonMappingException {
            if (handledType().isPrimitive()) {
                context.reportInputMismatch(this, "null is no %s", handledType().getSimpleName());
            }
            return null;
        }
    }
}
