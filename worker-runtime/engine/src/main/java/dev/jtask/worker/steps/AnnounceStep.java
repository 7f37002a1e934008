package dev.jtask.worker.steps;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.TaskListener;
import java.util.LinkedHashSet;

/// Tells the listener of every message that names a task; of one that this worker only let wait, once.
public final class AnnounceStep implements Interceptor {

    /// When more are waiting, the oldest are told of again.
    private static final int MOST = 10_000;

    private final TaskListener listener;
    private final LinkedHashSet<String> waiting = new LinkedHashSet<>();

    public AnnounceStep(TaskListener listener) {
        this.listener = listener;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var message = job.message();
        if (!isBack(message)) {
            listener.received(job);
        }
        var outcome = next.proceed(job);
        if (outcome instanceof Outcome.Later) {
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
