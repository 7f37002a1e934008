package dev.jtask.worker.run;

/// A step around every task: it decides the outcome itself, or lets the next step do so. Steps must be quick, take no
/// locks over [Next#proceed] and be safe for any thread.
@FunctionalInterface
public interface Interceptor {

    /// The rest of the pipeline.
    @FunctionalInterface
    interface Next {

        /// @param job as the following steps shall see it
        Outcome proceed(Job job);
    }

    Outcome around(Job job, Next next);
}
