package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.json.Bounds;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.result.EmittedPiece;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.time.Pauses;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives out the pieces of one run, one at a time and each confirmed before the next: that keeps their order,
/// and lets a task wait for a broker or a store that is slow. All of it blocks, on the task's own threads.
final class Emission {

    /// A reader whose connection was lost has its reply queue back by then.
    private static final int MOST_MISSES = 10;

    private static final Pauses PAUSES = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(4));
    private static final Logger LOG = LoggerFactory.getLogger(Emission.class);

    /// A value is within a piece, and that within a result.
    private static final int AROUND = Bounds.AROUND + 1;

    private final Job job;
    private final Emitter emitter;
    private final Pauses pauses;

    Emission(Job job, Emitter emitter) {
        this(job, emitter, PAUSES);
    }

    Emission(Job job, Emitter emitter, Pauses pauses) {
        this.job = job;
        this.emitter = emitter;
        this.pauses = pauses;
    }

    /// @throws IllegalArgumentException when the value cannot be written, or read, or is refused
    /// @throws IllegalStateException when the thread is interrupted, or the worker ends
    void emit(@Nullable Object value) {
        var json = json(value);
        if (!job.arePiecesWanted()) {
            return;
        }
        var emitted = job.emitted();
        try {
            emitted.turn().lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            emit(json, emitted);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            emitted.turn().unlock();
        }
    }

    private void emit(JsonNode value, Emitted emitted) throws InterruptedException {
        emitted.settled();
        if (job.isClaimed() || emitted.isUnheard()) {
            // nothing may come after the result; and who has missed one has no use for the rest
            emitted.count();
            return;
        }
        var piece = new EmittedPiece(emitted.next(attempt()), value)
                .message(job.message().id());
        for (int tries = 1; !isOver(fate(piece, emitted), tries, emitted); tries++) {
            Thread.sleep(pauses.after(tries));
        }
    }

    private Emitter.Fate fate(ResultMessage piece, Emitted emitted) throws InterruptedException {
        var sent = emitter.emit(job, piece);
        try {
            return sent.get();
        } catch (InterruptedException e) {
            // it may still get there, and the next one waits for that
            emitted.pending(sent);
            throw e;
        } catch (ExecutionException e) {
            return new Emitter.Fate.Unknown(e);
        }
    }

    /// Counts it, unless it surely is nowhere.
    ///
    /// @return false where it is to be tried again
    private boolean isOver(Emitter.Fate fate, int tries, Emitted emitted) {
        return switch (fate) {
            case Emitter.Fate.There() -> {
                emitted.count();
                yield true;
            }
            case Emitter.Fate.Unread()
            when tries == MOST_MISSES -> {
                LOG.debug("{} emits nothing more, for nobody reads it", job);
                emitted.unheard();
                yield true;
            }
            case Emitter.Fate.Unread() -> false;
            case Emitter.Fate.Later() -> false;
            case Emitter.Fate.Refused(var why) -> throw refused(why);
            case Emitter.Fate.Unknown(var why) -> {
                emitted.count();
                throw new IllegalStateException(
                        "a piece of task %s may not have been emitted: %s"
                                .formatted(job.message().task(), why.getMessage()),
                        why);
            }
        };
    }

    private JsonNode json(@Nullable Object value) {
        JsonNode json;
        try {
            json = TypedJson.mapper().valueToTree(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "task %s cannot emit this: %s; emit what can be written as JSON, such as a record"
                            .formatted(job.message().task(), e.getMessage()),
                    e);
        }
        if (json == null) {
            return NullNode.instance;
        }
        var exceeded = Bounds.exceeded(json, AROUND);
        if (exceeded != null) {
            throw new IllegalArgumentException(
                    "task %s cannot emit this: it has %s, which nobody reads; emit it in parts"
                            .formatted(job.message().task(), exceeded));
        }
        return json;
    }

    private int attempt() {
        return job.message().retries() + 1;
    }

    private IllegalArgumentException refused(Throwable why) {
        return new IllegalArgumentException(
                "a piece of task %s is refused: %s; emit smaller ones"
                        .formatted(job.message().task(), why.getMessage()),
                why);
    }

    private IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(
                "interrupted while task %s emitted a piece"
                        .formatted(job.message().task()),
                e);
    }
}
