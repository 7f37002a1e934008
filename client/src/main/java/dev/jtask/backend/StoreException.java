package dev.jtask.backend;

import org.jspecify.annotations.Nullable;

/// A result store did not do what it was asked; the message names its server without credentials.
public abstract sealed class StoreException extends RuntimeException
        permits StoreUnavailableException, StoreRefusedException {

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
