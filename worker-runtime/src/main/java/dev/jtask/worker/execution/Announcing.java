package dev.jtask.worker.execution;

import dev.jtask.protocol.message.TaskMessage;
import java.util.LinkedHashSet;

/// Tells the listener of every message that names a task; of one that this worker only let wait, once.
public final class Announcing implements Interceptor {

    /// When more are waiting, the oldest are told of again.
    private static final int MOST = 10_000;

    private final TaskListener listener;
    private final LinkedHashSet<String> waiting = new LinkedHashSet<>();

    public Announcing(TaskListener listener) {
        this.listener = listener;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        var message = invocation.message();
        if (!isBack(message)) {
            listener.received(message);
        }
        var outcome = next.proceed();
        if (outcome instanceof Outcome.Postponed || outcome instanceof Outcome.Held) {
            waits(message);
        }
        return outcome;
    }

    private boolean isBack(TaskMessage message) {
        synchronized (waiting) {
            return !waiting.isEmpty() && waiting.remove(attempt(message));
        }
    }

    private void waits(TaskMessage message) {
        synchronized (waiting) {
            waiting.add(attempt(message));
            if (waiting.size() > MOST) {
                waiting.removeFirst();
            }
        }
    }

    private static String attempt(TaskMessage message) {
        return message.id() + " " + message.retries();
    }
}
