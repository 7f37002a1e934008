package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.JavaType;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Results that come later: a task's slot is busy until they are there.
final class Promises {

    private Promises() {}

    /// The value, or what the promise ended with, as it is. Who waits may be interrupted; then the promise is
    /// cancelled.
    static @Nullable Object await(@Nullable Object result) throws Exception {
        return switch (result) {
            // first: a minimal stage is a future that cannot be asked
            case CompletionStage<?> stage -> await(get(stage.toCompletableFuture()));
            case Future<?> future -> await(get(future));
            case null, default -> result;
        };
    }

    /// What a promise is of; any other type itself.
    static JavaType promised(JavaType type) {
        for (var promise : new Class<?>[] {CompletionStage.class, Future.class}) {
            if (type.isTypeOrSubTypeOf(promise)) {
                var content = type.findSuperType(promise).containedTypeOrUnknown(0);
                return promised(content);
            }
        }
        return type;
    }

    private static @Nullable Object get(Future<?> future) throws Exception {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw Thrown.asItIs(null, e.getCause() == null ? e : e.getCause());
        }
    }
}
