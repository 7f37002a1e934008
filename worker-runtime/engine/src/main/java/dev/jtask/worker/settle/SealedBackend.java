package dev.jtask.worker.settle;

import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.seal.SealedResults;
import dev.jtask.seal.ValueSeal;
import java.util.concurrent.CompletableFuture;

/// Encrypts the results of tasks that came encrypted, wherever they go.
public final class SealedBackend implements ResultBackend {

    private final ResultBackend results;
    private final ValueSeal seal;

    public SealedBackend(ResultBackend results, ValueSeal seal) {
        this.results = results;
        this.seal = seal;
    }

    /// @throws IllegalStateException when there is no key for it
    @Override
    public CompletableFuture<?> store(Addressee to, ResultMessage result) {
        return results.store(to, closed(to, result));
    }

    /// @throws IllegalStateException when there is no key for it
    @Override
    public CompletableFuture<?> emit(Addressee to, ResultMessage piece) {
        return results.emit(to, closed(to, piece));
    }

    private ResultMessage closed(Addressee to, ResultMessage result) {
        return to.protection().contains(Protection.ENCRYPTED) ? SealedResults.close(result, seal) : result;
    }
}
