package dev.jtask.client.result;

import dev.jtask.protocol.result.PieceMark;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pieces are given to a reader: those of one run in their order, until a newer run begins with its first.
/// What comes twice is passed over, and so is what an older run, which has lost its worker's connection, still
/// emits.
final class PieceOrder {

    /// What becomes of a piece.
    enum Verdict {
        /// It is the next.
        NEXT,
        /// It is not given.
        PASSED_OVER,
        /// One before it is missing.
        GAP
    }

    private final Set<String> begun = new HashSet<>();
    private @Nullable String only;
    private @Nullable PieceMark last;

    Verdict take(PieceMark mark) {
        var before = last;
        if (only != null && !mark.run().equals(only)) {
            return Verdict.PASSED_OVER;
        }
        if (before != null && mark.run().equals(before.run())) {
            return following(before, mark);
        }
        if (begun.contains(mark.run()) || (before != null && mark.attempt() < before.attempt())) {
            return Verdict.PASSED_OVER;
        }
        return mark.number() == 1 ? next(mark) : Verdict.GAP;
    }

    /// The task has ended in this run; others came to nothing.
    void endsWith(PieceMark end) {
        only = end.run();
    }

    /// Whether the pieces so far are all that its run has emitted.
    boolean isComplete(PieceMark end) {
        var seen = last;
        return seen == null ? end.number() == 0 : isOf(end.run()) && seen.number() >= end.number();
    }

    /// Whether the last one was of this run; false before the first.
    boolean isOf(String run) {
        var seen = last;
        return seen != null && seen.run().equals(run);
    }

    /// Of the run that is being read; 0 before the first.
    long number() {
        var seen = last;
        return seen == null ? 0 : seen.number();
    }

    private Verdict following(PieceMark before, PieceMark mark) {
        if (mark.number() <= before.number()) {
            return Verdict.PASSED_OVER;
        }
        return mark.number() == before.number() + 1 ? next(mark) : Verdict.GAP;
    }

    private Verdict next(PieceMark mark) {
        begun.add(mark.run());
        last = mark;
        return Verdict.NEXT;
    }
}
