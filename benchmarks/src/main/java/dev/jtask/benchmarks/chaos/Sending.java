package dev.jtask.benchmarks.chaos;

/// When an errand was sent, and whether the broker said so.
record Sending(Errand errand, long from, long to, Fate fate) {

    /// What the sender knows.
    enum Fate {
        CONFIRMED,
        /// It may or may not be there.
        UNKNOWN
    }
}
