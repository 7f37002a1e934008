package dev.jtask.worker.execution;

/// A step around every task: it decides the outcome itself, or lets the next step do so. Steps must be quick, take no
/// locks over [Step#proceed()] and be safe for any thread.
@FunctionalInterface
public interface Interceptor {

    /// The rest of the pipeline.
    @FunctionalInterface
    interface Step {
        Outcome proceed();
    }

    Outcome around(Invocation invocation, Step next);
}
