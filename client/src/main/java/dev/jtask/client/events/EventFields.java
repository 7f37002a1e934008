package dev.jtask.client.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.json.WireDates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of an event by type. What is null is as what is missing; of any other kind than expected, an
/// [IllegalArgumentException].
record EventFields(JsonNode json) {

    /// A hundred years: what lasts longer is no measurement.
    private static final double LONGEST_SECONDS = 100 * 366 * 86_400.0;

    private static final int MOST_NUMBERS = 16;

    /// One that must be there.
    String text(String name) {
        var text = words(name);
        if (text.isEmpty()) {
            throw misfit(name, "missing");
        }
        return text;
    }

    /// Empty where it is missing.
    String words(String name) {
        var text = textOrNull(name);
        return text == null ? "" : text;
    }

    @Nullable
    String textOrNull(String name) {
        var field = json.path(name);
        if (isAbsent(field)) {
            return null;
        }
        if (!field.isTextual()) {
            throw misfit(name, "no text");
        }
        return field.textValue();
    }

    /// Null where it is missing.
    ///
    /// @throws java.time.DateTimeException when it is no date
    @Nullable
    Instant time(String name) {
        var text = textOrNull(name);
        return text == null ? null : WireDates.parse(text);
    }

    /// False where it is missing.
    boolean isTrue(String name) {
        var field = json.path(name);
        if (!isAbsent(field) && !field.isBoolean()) {
            throw misfit(name, "neither true nor false");
        }
        return field.booleanValue();
    }

    /// Zero where it is missing.
    long count(String name, long most) {
        var field = json.path(name);
        if (isAbsent(field)) {
            return 0;
        }
        if (!field.isIntegralNumber()
                || !field.canConvertToLong()
                || field.longValue() < 0
                || field.longValue() > most) {
            throw misfit(name, "no count");
        }
        return field.longValue();
    }

    /// Zero where it is missing.
    Duration seconds(String name) {
        var field = json.path(name);
        if (isAbsent(field)) {
            return Duration.ZERO;
        }
        double seconds = field.isNumber() ? field.doubleValue() : Double.NaN;
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw misfit(name, "no time");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /// Empty where there are none.
    List<Double> numbers(String name) {
        var field = json.path(name);
        if (isAbsent(field)) {
            return List.of();
        }
        if (!field.isArray() || field.size() > MOST_NUMBERS) {
            throw misfit(name, "no few numbers");
        }
        var numbers = new ArrayList<Double>();
        for (var each : field) {
            if (!each.isNumber()) {
                throw misfit(name, "no few numbers");
            }
            numbers.add(each.doubleValue());
        }
        return numbers;
    }

    private static boolean isAbsent(JsonNode field) {
        return field.isMissingNode() || field.isNull();
    }

    private static IllegalArgumentException misfit(String name, String how) {
        return new IllegalArgumentException("its %s is %s".formatted(name, how));
    }
}
