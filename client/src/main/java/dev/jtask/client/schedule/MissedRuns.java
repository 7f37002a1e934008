package dev.jtask.client.schedule;

/// What happens with times at which no scheduler ran.
public enum MissedRuns {
    /// However many were missed, the task is sent once.
    SEND_ONCE,
    /// The task is sent for each missed time.
    SEND_ALL,
    /// The next regular time counts.
    SKIP
}
