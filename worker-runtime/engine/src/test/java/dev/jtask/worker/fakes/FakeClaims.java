package dev.jtask.worker.fakes;

import dev.jtask.backend.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Answers as it was told to, and keeps what becomes of keys.
public final class FakeClaims implements Claims {

    private final List<Holder> asked = new CopyOnWriteArrayList<>();
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Answer> answer = CompletableFuture.completedFuture(new Answer.Granted());
    private volatile Function<Change, CompletableFuture<Void>> taken = change -> CompletableFuture.allOf();

    public void answer(Answer other) {
        answer = CompletableFuture.completedFuture(other);
    }

    public void answer(CompletableFuture<Answer> other) {
        answer = other;
    }

    /// What becomes of changes.
    public void take(Function<Change, CompletableFuture<Void>> other) {
        taken = other;
    }

    public List<Holder> asked() {
        return List.copyOf(asked);
    }

    public List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public CompletableFuture<Answer> claim(Holder wants, Duration lease, Instant now) {
        asked.add(wants);
        return answer;
    }

    @Override
    public CompletableFuture<Void> change(Holder has, Change change) {
        changes.add(change);
        return taken.apply(change);
    }
}
