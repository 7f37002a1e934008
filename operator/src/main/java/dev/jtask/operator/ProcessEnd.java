package dev.jtask.operator;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The end of a process that can do nothing more, so that another is started: orderly where that is possible, and soon
/// in any case.
@Singleton
public final class ProcessEnd {

    /// How long an orderly end may take.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private volatile boolean closing;

    /// Before anything else is told of it.
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        closing = true;
    }

    /// Whether it has come already.
    boolean isUnderWay() {
        return closing;
    }

    void now() {
        if (!closing) {
            Thread.ofPlatform().daemon().name("jtask-exit").start(() -> System.exit(1));
            CompletableFuture.delayedExecutor(GRACE.toSeconds(), TimeUnit.SECONDS)
                    .execute(() -> Runtime.getRuntime().halt(1));
        }
    }
}
