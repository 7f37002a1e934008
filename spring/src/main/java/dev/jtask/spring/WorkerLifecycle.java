package dev.jtask.spring;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Starts the worker when all beans are there, and drains it before any of them goes. In the last phase, it takes work
/// after the web server does and stops before it.
final class WorkerLifecycle implements SmartLifecycle {

    private final Supplier<EmbeddedWorker> starting;
    private volatile @Nullable EmbeddedWorker worker;

    WorkerLifecycle(Supplier<EmbeddedWorker> starting) {
        this.starting = starting;
    }

    List<String> troubles() {
        var running = worker;
        return running == null ? List.of("the worker does not run") : running.troubles();
    }

    @Override
    public void start() {
        worker = starting.get();
    }

    @Override
    public void stop() {
        var running = worker;
        if (running != null) {
            running.stop();
            worker = null;
        }
    }

    /// On a thread of its own: others of this phase stop meanwhile.
    @Override
    public void stop(Runnable done) {
        new Thread(() -> stop(done, this::stop), "jtask-stop").start();
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }

    private static void stop(Runnable done, Runnable stopping) {
        try {
            stopping.run();
        } finally {
            done.run();
        }
    }
}
