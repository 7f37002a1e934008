package dev.jtask.worker.run;

/// Jobs whose tasks were called, for tests of what follows.
public final class Ran {

    private Ran() {}

    /// The same job, after its run.
    public static Job ran(Job job) {
        try {
            job.enter();
        } catch (InterruptedException e) {
            throw new IllegalStateException("it was cancelled", e);
        }
        job.leave();
        return job;
    }
}
