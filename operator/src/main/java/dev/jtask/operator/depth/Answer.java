package dev.jtask.operator.depth;

/// What a broker says when it is asked for one queue.
sealed interface Answer {

    /// @param messages that wait for a worker
    record Waiting(long messages) implements Answer {}

    /// There is no such queue.
    record Missing() implements Answer {}

    /// The broker does not tell us.
    ///
    /// @param why in its own words
    record Refused(String why) implements Answer {}
}
