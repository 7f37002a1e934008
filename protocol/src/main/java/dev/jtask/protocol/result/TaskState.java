package dev.jtask.protocol.result;

import java.util.Set;

/// The names of Celery's task states, and of jtask's own; a state on the wire is any string, since tasks may report
/// states of their own.
public final class TaskState {

    /// Nothing was reported.
    public static final String PENDING = "PENDING";
    /// It runs.
    public static final String STARTED = "STARTED";
    /// It waits for a signal. Not one of Celery's.
    public static final String WAITING = "WAITING";
    /// It failed and runs again.
    public static final String RETRY = "RETRY";
    /// It returned.
    public static final String SUCCESS = "SUCCESS";
    /// It threw, or its message was refused.
    public static final String FAILURE = "FAILURE";
    /// It was revoked, or had expired.
    public static final String REVOKED = "REVOKED";

    private static final Set<String> READY = Set.of(SUCCESS, FAILURE, REVOKED);

    private TaskState() {}

    /// Whether no further state can follow.
    public static boolean isReady(String state) {
        return READY.contains(state);
    }
}
