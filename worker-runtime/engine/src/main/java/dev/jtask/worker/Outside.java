package dev.jtask.worker;

import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStores;
import dev.jtask.broker.Sender;
import dev.jtask.seal.Seal;
import dev.jtask.seal.SealProvider;
import dev.jtask.seal.Seals;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.options.WorkerOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a worker opens before it is wired up. What can be refused comes first, so that nothing is connected in vain.
///
/// @param kept where results are, null where nobody keeps them
/// @param sender connects at once
record Outside(Seal seal, @Nullable ResultStore kept, Sender sender) {

    /// @throws IllegalArgumentException when the keys or the result backend cannot be used; nothing stays open then
    static Outside open(WorkerOptions options) {
        var seal = Seals.open(options.seal(), SealProvider.Role.WORKER);
        var store = open(options.results());
        try {
            return new Outside(seal, store, Sender.to(options.broker().named(options.nodeName() + " sends")));
        } catch (RuntimeException | Error e) {
            if (store != null) {
                store.close();
            }
            throw e;
        }
    }

    Optional<ResultStore> store() {
        return Optional.ofNullable(kept);
    }

    /// Waits so long for what is on its way.
    void close(Duration most) {
        sender.close(most);
        store().ifPresent(ResultStore::close);
    }

    private static @Nullable ResultStore open(Results results) {
        return switch (results) {
            case Results.Stored stored -> ResultStores.open(stored.uri(), stored.tls());
            case Results.Rpc(), Results.Disabled() -> null;
        };
    }
}
