package dev.jtask.client.result;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import org.jspecify.annotations.Nullable;

/// The task ended in FAILURE or REVOKED; carries what the worker said of it.
public final class TaskFailedException extends RuntimeException {

    private final transient ResultMessage result;

    TaskFailedException(ResultMessage result) {
        super("task %s ended in %s: %s: %s"
                .formatted(
                        result.taskId(),
                        result.status(),
                        result.error().type(),
                        result.error().message()));
        this.result = result;
    }

    /// The task that failed or was revoked.
    public String taskId() {
        return result.taskId();
    }

    /// FAILURE or REVOKED.
    public String status() {
        return result.status();
    }

    /// The remote exception's class, message arguments and module.
    public RemoteError error() {
        return result.error();
    }

    /// The stack trace of the worker, Java's or Python's, as text; null when it told none.
    public @Nullable String remoteTraceback() {
        return result.traceback();
    }
}
