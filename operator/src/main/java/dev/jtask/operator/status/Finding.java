package dev.jtask.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.Arrays;
import java.util.Optional;

/// What one condition says now, without its history.
///
/// @param type the condition
/// @param reason one word in CamelCase
/// @param message for people; for anything wrong it ends with the fix
record Finding(String type, Truth truth, String reason, String message) {

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
        return new Finding(type, Truth.TRUE, reason, message);
    }

    static Finding no(String type, String reason, String message) {
        return new Finding(type, Truth.FALSE, reason, message);
    }

    static Finding unknown(String type, String reason, String message) {
        return new Finding(type, Truth.UNKNOWN, reason, message);
    }

    /// What a condition said.
    static Optional<Finding> of(Condition condition) {
        return Arrays.stream(Truth.values())
                .filter(truth -> truth.text().equals(condition.getStatus()))
                .map(truth -> new Finding(condition.getType(), truth, condition.getReason(), condition.getMessage()))
                .findFirst();
    }

    boolean isFalse() {
        return truth == Truth.FALSE;
    }

    /// The same under another type.
    Finding as(String other) {
        return new Finding(other, truth, reason, message);
    }
}
