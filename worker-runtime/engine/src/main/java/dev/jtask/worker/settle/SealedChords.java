package dev.jtask.worker.settle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.protocol.message.Protection;
import dev.jtask.seal.SealException;
import dev.jtask.seal.ValueSeal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Encrypts the parts of chords while they are gathered, where their tasks came encrypted.
final class SealedChords {

    private final ChordCounter chords;
    private final ValueSeal seal;

    SealedChords(ChordCounter chords, ValueSeal seal) {
        this.chords = chords;
        this.seal = seal;
    }

    CompletableFuture<Optional<Joined>> add(Effect.Count count) {
        var part = count.part();
        var handedIn = count.protection().contains(Protection.ENCRYPTED)
                ? new ChordCounter.Part(
                        part.group(), part.index(), part.taskId(), part.state(), seal.hide(part.group(), part.result()))
                : part;
        return chords.add(handedIn).thenApply(joined -> joined.map(whole -> shown(part.group(), whole)));
    }

    private Joined shown(String group, Joined joined) {
        try {
            return switch (joined) {
                case Joined.Results(var values) when values.valueStream().noneMatch(ValueSeal::isHidden) -> joined;
                case Joined.Results(var values) -> {
                    var plain = JsonNodeFactory.instance.arrayNode(values.size());
                    for (var value : values) {
                        plain.add(seal.show(group, value));
                    }
                    yield new Joined.Results(plain);
                }
                case Joined.Failed(var id, var error) -> new Joined.Failed(id, seal.show(group, error));
            };
        } catch (SealException e) {
            throw new StoreRefusedException("the parts of chord %s: %s".formatted(group, e.getMessage()), e);
        }
    }
}
