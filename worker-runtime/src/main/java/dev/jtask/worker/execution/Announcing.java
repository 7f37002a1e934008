package dev.jtask.worker.execution;

/// Tells the listener of every message that names a task.
public final class Announcing implements Interceptor {

    private final TaskListener listener;

    public Announcing(TaskListener listener) {
        this.listener = listener;
    }

    @Override
    public Outcome around(Invocation invocation, Step next) {
        listener.received(invocation.message());
        return next.proceed();
    }
}
