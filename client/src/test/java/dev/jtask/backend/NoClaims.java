package dev.jtask.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Refuses every idempotency key.
record NoClaims() implements Claims {

    @Override
    public CompletableFuture<Answer> claim(Holder wants, Duration lease, Instant now) {
        return CompletableFuture.failedFuture(new StoreRefusedException("this store has no claims", null));
    }

    @Override
    public CompletableFuture<Void> change(Holder has, Change change) {
        return CompletableFuture.failedFuture(new StoreRefusedException("this store has no claims", null));
    }
}
