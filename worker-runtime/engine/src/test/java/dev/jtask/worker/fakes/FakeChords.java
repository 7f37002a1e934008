package dev.jtask.worker.fakes;

import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.Joined;
import dev.jtask.protocol.flow.Plan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Counts nothing: keeps what it is handed, and answers as it was told to.
public final class FakeChords implements ChordCounter {

    private final Journal journal;
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException refusal;
    private volatile Function<Part, Optional<Joined>> joins = part -> Optional.empty();

    public FakeChords(Journal journal) {
        this.journal = journal;
    }

    /// From now on it takes nothing; null when it does again.
    public void refuse(@Nullable RuntimeException why) {
        refusal = why;
    }

    /// What comes of a part.
    public void join(Function<Part, Optional<Joined>> other) {
        joins = other;
    }

    public List<Part> parts() {
        return List.copyOf(parts);
    }

    @Override
    public CompletableFuture<Void> begin(Plan.Chord chord) {
        return answer("begin " + chord.group());
    }

    @Override
    public CompletableFuture<Optional<Joined>> add(Part part) {
        parts.add(part);
        return answer("count %s %s".formatted(part.group(), part.state())).thenApply(counted -> joins.apply(part));
    }

    @Override
    public CompletableFuture<Void> end(String group) {
        return answer("forget " + group);
    }

    private CompletableFuture<Void> answer(String line) {
        journal.note(line);
        var refused = refusal;
        return refused == null ? CompletableFuture.allOf() : CompletableFuture.failedFuture(refused);
    }
}
