package dev.jtask.examples.interop;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tasks that fail, retry, reject, and hear of failures.
@SuppressWarnings("DoNotCallSuggester") // not to return is what some are for
public final class Trouble {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Task("t.fail")
    public void fail(String msg) {
        throw new IllegalStateException(msg);
    }

    /// Retries until it is the n-th attempt, at most three times, and returns the attempt.
    @Task(value = "t.retry", maxRetries = 3)
    public int retry(int n, TaskContext context) {
        if (context.attempt() < n) {
            throw context.retry(
                    Duration.ofMillis(1500),
                    new IllegalStateException("attempt %d of %d".formatted(context.attempt(), n)));
        }
        return context.attempt();
    }

    @Task("t.reject")
    public void reject(boolean requeue, TaskContext context) {
        throw requeue ? context.requeue("asked to requeue") : context.reject("asked to reject");
    }

    /// An error callback: keeps its arguments for `t.errlogged`.
    @Task("t.errlog")
    public String errlog(String id) {
        heard.add(id);
        return id;
    }

    /// What the error callback has heard so far.
    @Task("t.errlogged")
    public List<String> errlogged() {
        return heard;
    }
}
