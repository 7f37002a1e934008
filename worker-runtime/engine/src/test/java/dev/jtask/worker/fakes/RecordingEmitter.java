package dev.jtask.worker.fakes;

import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.run.Emitter;
import dev.jtask.worker.run.Job;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Keeps what tasks emit; it is there at once, unless it was told otherwise.
public final class RecordingEmitter implements Emitter {

    private final List<ResultMessage> pieces = new CopyOnWriteArrayList<>();
    private volatile Function<ResultMessage, CompletableFuture<Fate>> answers =
            piece -> CompletableFuture.completedFuture(new Fate.There());

    /// From now on these are the answers.
    public void answer(Function<ResultMessage, CompletableFuture<Fate>> other) {
        answers = other;
    }

    public List<ResultMessage> pieces() {
        return List.copyOf(pieces);
    }

    @Override
    public CompletableFuture<Fate> emit(Job job, ResultMessage piece) {
        pieces.add(piece);
        return answers.apply(piece);
    }
}
