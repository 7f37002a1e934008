package dev.jtask.worker.settle;

import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.broker.UnroutableException;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.worker.run.Emitter;
import dev.jtask.worker.run.Job;
import java.util.concurrent.CompletableFuture;

/// Pieces go the way of results.
public final class PieceEmitter implements Emitter {

    private static final Fate THERE = new Fate.There();

    private final ResultBackend results;

    public PieceEmitter(ResultBackend results) {
        this.results = results;
    }

    @Override
    public CompletableFuture<Fate> emit(Job job, ResultMessage piece) {
        CompletableFuture<?> sent;
        try {
            sent = results.emit(Addressee.of(job), piece);
        } catch (RuntimeException e) { // a value that is no JSON after all, or no key to encrypt it with
            return CompletableFuture.completedFuture(new Fate.Refused(e));
        }
        return sent.handle((done, failure) -> failure == null ? THERE : fate(Continuations.cause(failure)));
    }

    private static Fate fate(Throwable failure) {
        return switch (failure) {
            case UnroutableException _ -> new Fate.Unread();
            case StoreUnavailableException _ -> new Fate.Later();
            case PublishRefusedException refused -> new Fate.Refused(refused);
            case StoreRefusedException refused -> new Fate.Refused(refused);
            case Throwable other -> new Fate.Unknown(other);
        };
    }
}
