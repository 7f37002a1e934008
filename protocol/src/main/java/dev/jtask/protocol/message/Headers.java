package dev.jtask.protocol.message;

import dev.jtask.protocol.json.WireDates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Typed access to a header table whose integer widths and text types vary with the producer.
///
/// Every reader throws an `IllegalArgumentException` that names the header when a value has the wrong type.
record Headers(Map<String, @Nullable Object> table) {

    @Nullable
    String text(String name) {
        return switch (table.get(name)) {
            case null -> null;
            case CharSequence text -> text.toString();
            case Number number -> number.toString();
            case Object other -> throw wrong(name, "a string", other);
        };
    }

    @Nullable
    Integer integer(String name) {
        return switch (table.get(name)) {
            case null -> null;
            case Number number -> Math.toIntExact(number.longValue());
            case Object other -> throw wrong(name, "an integer", other);
        };
    }

    @Nullable
    Boolean flag(String name) {
        return switch (table.get(name)) {
            case null -> null;
            case Boolean flag -> flag;
            case Number number -> number.intValue() != 0;
            case Object other -> throw wrong(name, "true or false", other);
        };
    }

    @Nullable
    Instant date(String name) {
        var text = text(name);
        return text == null ? null : WireDates.parse(text);
    }

    TimeLimits timeLimits(String name) {
        return switch (table.get(name)) {
            case null -> TimeLimits.NONE;
            case List<?> list when list.isEmpty() -> TimeLimits.NONE;
            case List<?> list
            when list.size() == 2 -> new TimeLimits(seconds(name, list.get(0)), seconds(name, list.get(1)));
            case Object other -> throw wrong(name, "[hard, soft]", other);
        };
    }

    @Nullable
    List<String> texts(String name) {
        return switch (table.get(name)) {
            case null -> null;
            case List<?> list -> {
                var texts = new ArrayList<String>();
                list.forEach(element -> texts.add(String.valueOf(element)));
                yield texts;
            }
            case Object other -> throw wrong(name, "an array", other);
        };
    }

    @SuppressWarnings("unchecked") // a header table's keys are strings
    Map<String, @Nullable Object> map(String name) {
        return switch (table.get(name)) {
            case null -> Map.of();
            case Map<?, ?> map -> (Map<String, @Nullable Object>) map;
            case Object other -> throw wrong(name, "a table", other);
        };
    }

    private static @Nullable Double seconds(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number.doubleValue();
            case Object other -> throw wrong(name, "[hard, soft] in seconds", other);
        };
    }

    private static IllegalArgumentException wrong(String name, String wanted, Object value) {
        return new IllegalArgumentException("header %s must be %s, not %s".formatted(name, wanted, value));
    }
}
