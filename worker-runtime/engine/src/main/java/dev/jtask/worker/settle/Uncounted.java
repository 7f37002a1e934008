package dev.jtask.worker.settle;

import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.protocol.flow.Plan;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Stands where the result backend counts no chords: refuses each, with what to set.
public final class Uncounted implements ChordCounter {

    @Override
    public CompletableFuture<Void> begin(Plan.Chord chord) {
        return refused();
    }

    @Override
    public CompletableFuture<Optional<Joined>> add(Part part) {
        return refused();
    }

    @Override
    public CompletableFuture<Void> end(String group) {
        return refused();
    }

    private static <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new StoreRefusedException(
                "this worker's result backend counts no chords; set JTASK_RESULT_BACKEND to redis://…", null));
    }
}
