package dev.jtask.schedule;

/// What happens with times at which no scheduler ran, or could not send.
public enum MissedRuns {
    /// However many were missed, the task is sent once.
    SEND_ONCE,
    /// The task is sent for each missed time, for the last thousand at most.
    SEND_ALL,
    /// What is more than ten seconds late is not sent; the next regular time counts.
    SKIP
}
