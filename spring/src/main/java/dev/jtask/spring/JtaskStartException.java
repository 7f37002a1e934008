package dev.jtask.spring;

import org.jspecify.annotations.Nullable;

/// Why jtask cannot start in this application, and what to do about it.
final class JtaskStartException extends IllegalStateException {

    private final String action;

    JtaskStartException(String description, String action, @Nullable Throwable cause) {
        super(description + ". " + action, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
