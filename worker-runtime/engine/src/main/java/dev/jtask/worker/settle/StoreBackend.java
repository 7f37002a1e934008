package dev.jtask.worker.settle;

import dev.jtask.backend.StoredPieces;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/// Results are kept on a server.
public final class StoreBackend implements ResultBackend {

    private final StoredResults results;
    private final StoredPieces pieces;
    private final Clock clock;

    public StoreBackend(StoredResults results, StoredPieces pieces, Clock clock) {
        this.pieces = pieces;
        this.results = results;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<?> store(Addressee to, ResultMessage result) {
        return results.store(new StoredResult(result, to.group(), to.parentId(), to.details()), clock.instant());
    }

    @Override
    public CompletableFuture<?> emit(Addressee to, ResultMessage piece) {
        return pieces.add(piece);
    }
}
