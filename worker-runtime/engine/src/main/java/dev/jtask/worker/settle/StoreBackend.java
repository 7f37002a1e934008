package dev.jtask.worker.settle;

import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.StoredResult;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/// Results are kept on a server.
public final class StoreBackend implements ResultBackend {

    private final StoredResults results;
    private final Clock clock;

    public StoreBackend(StoredResults results, Clock clock) {
        this.results = results;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<?> store(Addressee to, ResultMessage result) {
        return results.store(new StoredResult(result, to.group(), to.parentId(), to.details()), clock.instant());
    }
}
