package dev.jtask.worker.run;

import dev.jtask.protocol.result.ResultMessage;
import java.util.concurrent.CompletableFuture;

/// Where the pieces of running tasks go.
@FunctionalInterface
public interface Emitter {

    /// What has become of a piece.
    sealed interface Fate {

        /// It is where its reader finds it.
        record There() implements Fate {}

        /// Nobody is there to read it, at the moment or any more.
        record Unread() implements Fate {}

        /// It is not taken at the moment.
        record Later() implements Fate {}

        /// It is not taken, and would not be later.
        record Refused(Throwable why) implements Fate {}

        /// Nobody can say.
        record Unknown(Throwable why) implements Fate {}
    }

    /// Completes with what has become of the piece, and does not fail. Never blocks.
    CompletableFuture<Fate> emit(Job job, ResultMessage piece);
}
