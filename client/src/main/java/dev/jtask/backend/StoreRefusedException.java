package dev.jtask.backend;

import org.jspecify.annotations.Nullable;

/// This cannot be stored, or not be read: the same will not work later either.
public final class StoreRefusedException extends StoreException {

    public StoreRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
