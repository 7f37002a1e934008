package dev.jtask.autoscaler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How many pods, and why.
///
/// @param replicas what the Deployment should ask for
/// @param need the pods that the objective asks for, before rounding and limits
/// @param reason what limits the size
/// @param basis what it rests on
/// @param message one sentence for people
/// @param sparesRunning whether only pods that run nothing may go: the tasks may take longer than a drain allows
/// @param notBefore when the size can change at the earliest if the figures stay, null when at any look
/// @param next the state to decide with at the next tick
public record Decision(
        int replicas,
        double need,
        Reason reason,
        Basis basis,
        String message,
        Terms terms,
        boolean sparesRunning,
        @Nullable Instant notBefore,
        PoolState next) {

    /// The same figures with another size.
    ///
    /// @param until when that can change at the earliest
    Decision instead(int size, Reason why, String because, @Nullable Instant until) {
        return new Decision(size, need, why, basis, message + because, terms, sparesRunning, until, next);
    }

    /// A size that stays, as none could be decided.
    ///
    /// @param known of the pool before
    public static Decision failed(int replicas, String message, PoolState known) {
        return new Decision(replicas, replicas, Reason.Blind, Basis.NOTHING, message, Terms.NONE, true, null, known);
    }

    /// A size that somebody else decides; nothing is remembered of it.
    public static Decision off(int replicas, String message) {
        return new Decision(
                replicas, replicas, Reason.Off, Basis.NOTHING, message, Terms.NONE, false, null, PoolState.EMPTY);
    }
}
