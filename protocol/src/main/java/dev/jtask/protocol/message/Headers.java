package dev.jtask.protocol.message;

import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.WireDates;
import dev.jtask.protocol.text.Beginning;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Typed access to a header table whose integer widths and text types vary with the producer.
///
/// Every reader throws an `IllegalArgumentException` that names the header when a value has the wrong type.
record Headers(Map<String, @Nullable Object> table) {

    private static final Set<Class<?>> WHOLE = Set.of(Long.class, Integer.class, Short.class, Byte.class);

    /// @throws IllegalArgumentException when there are more values than a table may have
    void requireWithinLimits() {
        int values = count(table.values(), 0);
        if (values > Limits.HEADER_VALUES) {
            throw new IllegalArgumentException(
                    "the message has more than %d header values".formatted(Limits.HEADER_VALUES));
        }
    }

    private static int count(Collection<?> values, int before) {
        int sum = before;
        for (var value : values) {
            if (++sum > Limits.HEADER_VALUES) {
                return sum;
            }
            if (value == null || value instanceof String) {
                continue; // most are; whether an object has an interface takes longer to find out
            }
            if (value instanceof Map<?, ?> inner) {
                sum = count(inner.values(), sum);
            } else if (value instanceof Collection<?> inner) {
                sum = count(inner, sum);
            }
        }
        return sum;
    }

    @Nullable
    String text(String name) {
        var text = read(name, "a string", Headers::asText);
        if (text != null && text.length() > Limits.HEADER_TEXT) {
            throw new IllegalArgumentException(
                    "header %s is longer than %d characters".formatted(name, Limits.HEADER_TEXT));
        }
        return text;
    }

    /// A text for people alone: it is cut, since a task is not refused for what it is shown as.
    @Nullable
    String shown(String name) {
        var text = read(name, "a string", Headers::asText);
        return text == null ? null : Beginning.of(text, Limits.HEADER_TEXT - 1);
    }

    /// A text that has to travel as a short string too.
    @Nullable
    String id(String name) {
        var text = text(name);
        if (text != null && !isShort(text)) {
            throw new IllegalArgumentException("header %s is longer than %d bytes".formatted(name, Limits.SHORT_BYTES));
        }
        return text;
    }

    static boolean isShort(String text) {
        // a char has at most three bytes
        return text.length() <= Limits.SHORT_BYTES / 3
                || (text.length() <= Limits.SHORT_BYTES
                        && text.getBytes(StandardCharsets.UTF_8).length <= Limits.SHORT_BYTES);
    }

    /// Of a count, which is never below zero.
    @Nullable
    Integer integer(String name) {
        return read(name, "an integer from 0 to 2147483647", Headers::asCount);
    }

    @Nullable
    Boolean flag(String name) {
        return read(name, "true or false", Headers::asFlag);
    }

    @Nullable
    Instant date(String name) {
        var text = text(name);
        try {
            return text == null ? null : WireDates.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("header %s is no date: %s".formatted(name, e.getMessage()), e);
        }
    }

    TimeLimits timeLimits(String name) {
        var limits = read(name, "[hard, soft]", value -> value instanceof List<?> list ? asLimits(name, list) : null);
        return limits == null ? TimeLimits.NONE : limits;
    }

    @Nullable
    List<String> texts(String name) {
        return read(name, "an array", value -> value instanceof List<?> list ? asTexts(name, list) : null);
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

    private static @Nullable String asText(Object value) {
        return value instanceof CharSequence || value instanceof Number ? value.toString() : null;
    }

    private static @Nullable Integer asCount(Object value) {
        long whole = value instanceof Number number ? whole(number) : -1;
        return whole < 0 || whole > Integer.MAX_VALUE ? null : (int) whole;
    }

    /// What has a fraction or more than 63 bits is none, told by -1.
    private static long whole(Number number) {
        if (WHOLE.contains(number.getClass())) {
            return number.longValue();
        }
        return number instanceof BigInteger big ? small(big) : -1;
    }

    private static long small(BigInteger number) {
        return (number.bitLength() < Long.SIZE) ? number.longValue() : -1;
    }

    private static @Nullable Boolean asFlag(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        var number = asCount(value);
        if (number == null || number > 1) {
            return null;
        }
        return number.equals(1);
    }

    private static @Nullable TimeLimits asLimits(String name, List<?> list) {
        return switch (list.size()) {
            case 0 -> TimeLimits.NONE;
            case 2 -> new TimeLimits(seconds(name, list.get(0)), seconds(name, list.get(1)));
            default -> null;
        };
    }

    private static List<String> asTexts(String name, List<?> list) {
        var texts = new ArrayList<String>();
        for (var element : list) {
            var text = element == null ? null : asText(element);
            if (text == null) {
                throw wrong(name, "an array of strings", list);
            }
            texts.add(text);
        }
        return texts;
    }

    private static @Nullable Double seconds(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= Limits.SECONDS) {
            return number.doubleValue();
        }
        throw wrong(name, "[hard, soft] in seconds of at most a hundred years", value);
    }

    private static IllegalArgumentException wrong(String name, String wanted, Object value) {
        return new IllegalArgumentException("header %s must be %s, not %s".formatted(name, wanted, value));
    }
}
