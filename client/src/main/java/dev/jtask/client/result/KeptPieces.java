package dev.jtask.client.result;

import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.backend.StoredPieces;
import dev.jtask.broker.Continuations;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealedResults;
import dev.jtask.seal.ValueSeal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pieces that are kept on a server, and fetched when they are asked for.
final class KeptPieces implements PieceSource {

    private static final Logger LOG = LoggerFactory.getLogger(KeptPieces.class);

    private final StoredPieces stored;
    private final ValueSeal seal;
    private final String taskId;
    private final String begin;
    private String position;

    /// @param begin behind which the task's own begin
    KeptPieces(StoredPieces stored, ValueSeal seal, String taskId, String begin) {
        this.stored = stored;
        this.seal = seal;
        this.taskId = taskId;
        this.begin = begin;
        this.position = begin;
    }

    /// A signal only.
    @Override
    public void told(ResultMessage piece) {}

    @Override
    public Optional<List<EmittedPiece>> more(Duration patience) throws InterruptedException {
        try {
            return Optional.of(opened(stored.read(taskId, position).get(patience.toNanos(), TimeUnit.NANOSECONDS)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            var cause = Continuations.cause(e);
            if (cause instanceof StoreUnavailableException away) {
                LOG.debug("the pieces of task {} are read again later", taskId, away);
                return Optional.empty();
            }
            throw unreadable(cause);
        }
    }

    @Override
    public boolean rewind() {
        position = begin;
        return true;
    }

    @Override
    public String losses() {
        return "the result store keeps the last %d pieces of a task, as long as its result; read them sooner"
                .formatted(StoredPieces.MOST);
    }

    private List<EmittedPiece> opened(List<StoredPieces.Kept> found) {
        var pieces = new ArrayList<EmittedPiece>();
        for (var each : found) {
            try {
                pieces.add(EmittedPiece.read(SealedResults.open(each.piece(), seal)));
            } catch (SealException | IOException e) {
                if (!pieces.isEmpty()) {
                    return pieces; // those before it come first
                }
                throw unreadable(e);
            }
            position = each.position();
        }
        return pieces;
    }

    private RuntimeException unreadable(Throwable cause) {
        return new IllegalStateException(
                "a piece of task %s cannot be read: %s".formatted(taskId, cause.getMessage()), cause);
    }
}
