package dev.jtask.redis;

import dev.jtask.backend.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What came of a question, within a minute.
final class Answers {

    private static final long PATIENCE_SECONDS = 60;

    private Answers() {}

    static <T extends @Nullable Object> T now(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    static StoreException failure(CompletableFuture<?> future) {
        try {
            now(future);
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException known) {
                return known;
            }
            throw e;
        }
        throw new AssertionError("it did not fail");
    }
}
