package dev.jtask.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one condition says now, without its history.
///
/// @param type the condition
/// @param reason one word in CamelCase
/// @param message for people; for anything wrong it ends with the fix
/// @param generation of the spec that it is about, null for the one of now
record Finding(
        String type,
        Truth truth,
        String reason,
        String message,
        @Nullable Long generation) {

    /// A condition's status.
    enum Truth {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Truth(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Finding yes(String type, String reason, String message) {
        return new Finding(type, Truth.TRUE, reason, message, null);
    }

    static Finding no(String type, String reason, String message) {
        return new Finding(type, Truth.FALSE, reason, message, null);
    }

    static Finding unknown(String type, String reason, String message) {
        return new Finding(type, Truth.UNKNOWN, reason, message, null);
    }

    /// What a condition said, of the spec that it was said of.
    static Optional<Finding> of(Condition condition) {
        return Arrays.stream(Truth.values())
                .filter(truth -> truth.text().equals(condition.getStatus()))
                .map(truth -> new Finding(
                        condition.getType(),
                        truth,
                        condition.getReason(),
                        condition.getMessage(),
                        condition.getObservedGeneration()))
                .findFirst();
    }

    boolean isFalse() {
        return truth == Truth.FALSE;
    }

    /// The same under another type.
    Finding as(String other) {
        return new Finding(other, truth, reason, message, generation);
    }

    /// The same as far as others go on which it rests: it is about no newer spec than they are.
    Finding restingOn(Finding... others) {
        var oldest = Stream.concat(Stream.of(this), Arrays.stream(others))
                .flatMap(each -> Stream.ofNullable(each.generation))
                .min(Comparator.naturalOrder());
        return new Finding(type, truth, reason, message, oldest.orElse(null));
    }

    /// @param now the spec's
    long generation(long now) {
        return Objects.requireNonNullElse(generation, now);
    }
}
