package dev.jtask.client.result;

import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the pieces of one task come from.
interface PieceSource {

    /// One has come, or a signal that one is there. Never blocks.
    void told(ResultMessage piece);

    /// Those that have come since this was asked last, in the order in which they came; none where there are
    /// none yet, and empty where that cannot be said at the moment.
    Optional<List<EmittedPiece>> more(Duration patience) throws InterruptedException;

    /// Begins once more with the first.
    ///
    /// @return false where that is gone
    boolean rewind();

    /// Why some may be missing, and what to do.
    String losses();
}
