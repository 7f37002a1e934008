package dev.jtask.protocol.message;

import dev.jtask.protocol.json.WireDates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Typed access to a header table whose integer widths and text types vary with the producer.
///
/// Every reader throws an `IllegalArgumentException` that names the header when a value has the wrong type.
record Headers(Map<String, @Nullable Object> table) {

    @Nullable
    String text(String name) {
        return read(
                name,
                "a string",
                value -> value instanceof CharSequence || value instanceof Number ? value.toString() : null);
    }

    @Nullable
    Integer integer(String name) {
        return read(
                name,
                "an integer",
                value -> value instanceof Number number ? Math.toIntExact(number.longValue()) : null);
    }

    @Nullable
    Boolean flag(String name) {
        return read(name, "true or false", Headers::asFlag);
    }

    @Nullable
    Instant date(String name) {
        var text = text(name);
        return text == null ? null : WireDates.parse(text);
    }

    TimeLimits timeLimits(String name) {
        var limits = read(name, "[hard, soft]", value -> value instanceof List<?> list ? asLimits(name, list) : null);
        return limits == null ? TimeLimits.NONE : limits;
    }

    @Nullable
    List<String> texts(String name) {
        return read(name, "an array", value -> value instanceof List<?> list ? asTexts(list) : null);
    }

    @SuppressWarnings("unchecked") // a header table's keys are strings
    Map<String, @Nullable Object> map(String name) {
        var map = read(
                name,
                "a table",
                value -> value instanceof Map<?, ?> table ? (Map<String, @Nullable Object>) table : null);
        return map == null ? Map.of() : map;
    }

    /// @param as null when the value has the wrong type
    private <T> @Nullable T read(String name, String wanted, Function<Object, @Nullable T> as) {
        var value = table.get(name);
        if (value == null) {
            return null;
        }
        var read = as.apply(value);
        if (read == null) {
            throw wrong(name, wanted, value);
        }
        return read;
    }

    private static @Nullable Boolean asFlag(Object value) {
        if (value instanceof Number number) {
            return number.intValue() != 0;
        }
        return value instanceof Boolean flag ? flag : null;
    }

    private static @Nullable TimeLimits asLimits(String name, List<?> list) {
        return switch (list.size()) {
            case 0 -> TimeLimits.NONE;
            case 2 -> new TimeLimits(seconds(name, list.get(0)), seconds(name, list.get(1)));
            default -> null;
        };
    }

    private static List<String> asTexts(List<?> list) {
        var texts = new ArrayList<String>();
        list.forEach(element -> texts.add(String.valueOf(element)));
        return texts;
    }

    private static @Nullable Double seconds(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(name, "[hard, soft] in seconds", value);
    }

    private static IllegalArgumentException wrong(String name, String wanted, Object value) {
        return new IllegalArgumentException("header %s must be %s, not %s".formatted(name, wanted, value));
    }
}
