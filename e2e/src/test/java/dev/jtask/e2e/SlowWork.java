package dev.jtask.e2e;

import dev.jtask.task.Task;

/// The task of the pods under test; a ConfigMap brings it to them.
public final class SlowWork {

    /// Takes its time and tells which of many it was.
    @Task("e2e.work")
    public long work(long number, long millis) throws InterruptedException {
        Thread.sleep(millis);
        return number;
    }
}
