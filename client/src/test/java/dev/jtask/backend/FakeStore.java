package dev.jtask.backend;

import dev.jtask.protocol.flow.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A store in this process. Its chords are noted and never complete; it has no idempotency keys.
public final class FakeStore implements StoreServer, ChordCounter {

    /// Its text, as a store's without credentials.
    public static final String NAME = "fake://here/0";

    private final FakeStoredResults results = new FakeStoredResults();
    private final FakeStoredPieces pieces = new FakeStoredPieces(results);
    private final List<Plan.Chord> begun = new ArrayList<>();
    private CompletableFuture<Void> answer = CompletableFuture.allOf();
    private boolean closed;

    /// The store as everybody sees it.
    public ResultStore opened() {
        return new ResultStore(results, pieces, this, new NoClaims(), this);
    }

    /// What it has stored.
    public FakeStoredResults results() {
        return results;
    }

    /// What was emitted.
    public FakeStoredPieces pieces() {
        return pieces;
    }

    /// From now on it answers so when it is asked whether it is there.
    public void answer(CompletableFuture<Void> pong) {
        answer = pong;
    }

    /// The chords that were begun and have not ended.
    public List<Plan.Chord> begun() {
        return List.copyOf(begun);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public CompletableFuture<Void> ping() {
        return answer;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public CompletableFuture<Void> begin(Plan.Chord chord) {
        begun.add(chord);
        return CompletableFuture.allOf();
    }

    @Override
    public CompletableFuture<Optional<Joined>> add(Part part) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Void> end(String group) {
        begun.removeIf(chord -> chord.group().equals(group));
        return CompletableFuture.allOf();
    }

    @Override
    public String toString() {
        return NAME;
    }
}
