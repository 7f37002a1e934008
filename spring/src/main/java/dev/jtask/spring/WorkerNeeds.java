package dev.jtask.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/// What a worker needs of the application that it runs in, said before its classes are loaded.
final class WorkerNeeds {

    private static final int JAVA = 25;

    private WorkerNeeds() {}

    /// @throws JtaskStartException naming what is missing
    static void check(int java, @Nullable ClassLoader loader) {
        if (java < JAVA) {
            throw new JtaskStartException(
                    "jtask.worker.enabled is true, and a worker needs Java %d; this is Java %d".formatted(JAVA, java),
                    "Run the application on Java %d, or let it send only and run its tasks in a worker of its own"
                            .formatted(JAVA),
                    null);
        }
        if (!ClassUtils.isPresent("dev.jtask.worker.Worker", loader)) {
            throw new JtaskStartException(
                    "jtask.worker.enabled is true, and there is no worker on the class path",
                    "Add the dependency dev.jtask:jtask-worker",
                    null);
        }
    }
}
