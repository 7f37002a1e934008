package dev.jtask.backend;

import org.jspecify.annotations.Nullable;

/// The server cannot be reached, or can do nothing at the moment: the same may work later.
public final class StoreUnavailableException extends StoreException {

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
