package dev.jtask.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a value that is about to be written will be read: what exceeds one of the [Limits] here does so in every
/// program of ours. How many values and bytes one takes follows from its own memory, and is its own to say.
public final class Bounds {

    /// So many levels a value leaves to what goes around it: a body, its arguments, the results of chords.
    public static final int AROUND = 10;

    private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(Limits.NUMBER_LENGTH);
    /// A number of fewer bits has fewer digits.
    private static final int FEW_BITS = 3 * Limits.NUMBER_LENGTH;
    /// What a decimal's text may have besides its digits that count: zeros, and an exponent.
    private static final int OTHER_DIGITS = 20;
    /// A parser counts a name by words of four bytes.
    private static final int WORD = 4;

    private Bounds() {}

    /// What of the value no reader takes; null when each takes it.
    ///
    /// @param around levels that go around it
    public static @Nullable String exceeded(JsonNode value, int around) {
        return exceeded(value, Limits.JSON_DEPTH - around, 0);
    }

    private static @Nullable String exceeded(JsonNode value, int most, int depth) {
        if (value.isContainerNode()) {
            return depth == most
                    ? "more than %d arrays and objects within each other".formatted(most)
                    : within(value, most, depth + 1);
        }
        if (value.isBigInteger()) {
            return isTooLarge(value.bigIntegerValue()) ? digits() : null;
        }
        if (value.isBigDecimal()) {
            return decimal(value.decimalValue());
        }
        if (value.isPojo()) {
            return raw(value, most, depth);
        }
        return value.isTextual() && value.textValue().length() > Limits.STRING_LENGTH
                ? "a text of more than %d characters".formatted(Limits.STRING_LENGTH)
                : null;
    }

    private static @Nullable String within(JsonNode container, int most, int depth) {
        for (Map.Entry<String, JsonNode> each : container.properties()) {
            if (isLong(each.getKey())) {
                return "a name of more than %d bytes".formatted(Limits.NAME_LENGTH);
            }
        }
        for (var each : container) {
            var exceeded = exceeded(each, most, depth);
            if (exceeded != null) {
                return exceeded;
            }
        }
        return null;
    }

    /// Text that is written as it is: only who reads it knows what it holds.
    private static @Nullable String raw(JsonNode value, int most, int depth) {
        var mapper = TypedJson.mapper();
        try {
            var read = mapper.readTree(mapper.writeValueAsBytes(
                    JsonNodeFactory.instance.arrayNode().add(value)));
            return read.size() == 1 ? exceeded(read.get(0), most, depth) : "raw JSON that is not one value";
        } catch (IOException e) {
            return "raw JSON that is none: " + e.getMessage();
        }
    }

    private static boolean isLong(String name) {
        // a char has at most three bytes
        return name.length() > Limits.NAME_LENGTH / 3 - WORD
                && name.getBytes(StandardCharsets.UTF_8).length > Limits.NAME_LENGTH - WORD;
    }

    private static boolean isTooLarge(BigInteger number) {
        return number.bitLength() > FEW_BITS && number.abs().compareTo(TOO_LARGE) >= 0;
    }

    private static @Nullable String decimal(BigDecimal number) {
        long exponent = (long) number.precision() - number.scale() - 1;
        if (Math.abs(exponent) > Limits.NUMBER_LENGTH) {
            return "a number with an exponent beyond %d".formatted(Limits.NUMBER_LENGTH);
        }
        return number.precision() > Limits.NUMBER_LENGTH - OTHER_DIGITS
                        && number.toString().chars().filter(Character::isDigit).count() > Limits.NUMBER_LENGTH
                ? digits()
                : null;
    }

    private static String digits() {
        return "a number of more than %d digits".formatted(Limits.NUMBER_LENGTH);
    }
}
