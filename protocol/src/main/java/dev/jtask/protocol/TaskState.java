package dev.jtask.protocol;

import java.util.Set;

/// The names of Celery's task states; a state on the wire is any string, since tasks may report states of their own.
public final class TaskState {

    public static final String PENDING = "PENDING";
    public static final String STARTED = "STARTED";
    public static final String RETRY = "RETRY";
    public static final String SUCCESS = "SUCCESS";
    public static final String FAILURE = "FAILURE";
    public static final String REVOKED = "REVOKED";

    private static final Set<String> READY = Set.of(SUCCESS, FAILURE, REVOKED);

    private TaskState() {}

    /// Whether no further state can follow.
    public static boolean isReady(String state) {
        return READY.contains(state);
    }
}
