package dev.jtask.client.result;

import java.time.Duration;

/// No result came in time; the task may still run and its handle may be asked again.
public final class TaskTimeoutException extends RuntimeException {

    TaskTimeoutException(String id, String queue, String status, Duration timeout) {
        super("task %s on queue '%s' is still %s after %s; is a worker consuming the queue?"
                .formatted(id, queue, status, timeout));
    }
}
