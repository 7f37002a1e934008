package dev.jtask.operator.scaling;

/// A decision as the status shows it.
///
/// @param desiredReplicas how many pods there should be
/// @param reason what decided that, one word
/// @param message the decision in a sentence
/// @param bound which bound of the pool's range holds it back
public record Verdict(int desiredReplicas, String reason, String message, Bound bound) {

    /// A bound of the pool's range.
    public enum Bound {
        NONE,
        MIN,
        MAX
    }
}
