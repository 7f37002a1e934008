package dev.jtask.autoscaler;

/// What a decision rests on.
public enum Basis {
    /// The broker's figures.
    FIGURES,
    /// What waits was counted, and workers say what they run: enough to grow by, too little to take anything away.
    COUNT,
    /// Nothing is known, or somebody else decides.
    NOTHING
}
