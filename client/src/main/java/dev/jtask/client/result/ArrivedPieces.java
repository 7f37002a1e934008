package dev.jtask.client.result;

import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pieces that come by themselves, on the reply queue, and are kept until they are asked for. What is too much
/// is dropped as it comes, for the reply queue has the results of all other tasks too, and cannot wait.
final class ArrivedPieces implements PieceSource {

    /// So many are kept.
    static final int MOST = 10_000;

    /// Characters of JSON that are kept.
    static final long MOST_CHARACTERS = 1 << 24;

    /// So few leave the count at once.
    private static final int AT_ONCE = 50;

    private static final Logger LOG = LoggerFactory.getLogger(ArrivedPieces.class);

    private final Deque<Unread> unread = new ArrayDeque<>();
    private long characters;

    /// One of so many characters.
    private record Unread(EmittedPiece piece, int characters) {}

    @Override
    public void told(ResultMessage piece) {
        try {
            keep(EmittedPiece.read(piece));
        } catch (IOException e) {
            LOG.warn("a message on the reply queue is no piece: {}", e.getMessage());
        }
    }

    @Override
    public synchronized Optional<List<EmittedPiece>> more(Duration patience) {
        var next = new ArrayList<EmittedPiece>();
        for (var first = unread.poll(); first != null; first = next.size() < AT_ONCE ? unread.poll() : null) {
            characters -= first.characters();
            next.add(first.piece());
        }
        return Optional.of(next);
    }

    @Override
    public boolean rewind() {
        return false;
    }

    @Override
    public String losses() {
        return "the connection was lost meanwhile, or more than %d pieces or %d MB of them waited to be read; read them sooner, or keep results in Redis"
                .formatted(MOST, MOST_CHARACTERS >> 20);
    }

    private synchronized void keep(EmittedPiece piece) {
        if (unread.size() < MOST && characters < MOST_CHARACTERS) {
            int length = piece.value().toString().length();
            unread.add(new Unread(piece, length));
            characters += length;
        }
    }
}
