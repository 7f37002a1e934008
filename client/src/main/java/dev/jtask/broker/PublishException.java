package dev.jtask.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A message that is not, or not surely, in its queue.
public abstract sealed class PublishException extends RuntimeException
        permits UnroutableException, PublishNotConfirmedException, PublishRefusedException {

    PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    PublishException(String message) {
        super(message);
    }

    PublishException(PublishException there) {
        super(there.getMessage(), there);
    }

    /// Waits for a publish; what it throws has the stack of the one who waits.
    ///
    /// @throws PublishException when the broker does not take the message, or not in time
    public static <V extends @Nullable Object> V await(String to, CompletableFuture<V> sent) {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishNotConfirmedException(to, "interrupted while waiting", e);
        } catch (ExecutionException e) {
            throw here(to, e.getCause());
        }
    }

    private static RuntimeException here(String to, @Nullable Throwable failure) {
        if (failure instanceof PublishException known) {
            return known.here();
        }
        return failure instanceof IllegalStateException
                ? new IllegalStateException(failure.getMessage(), failure)
                : new PublishNotConfirmedException(to, "unexpected failure", failure);
    }

    /// The same, with the stack of the thread that throws it.
    abstract PublishException here();
}
