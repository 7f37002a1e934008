package dev.jtask.local.demo;

import dev.jtask.local.system.Checkout;
import dev.jtask.local.system.LocalSystem;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The system without a load, until somebody ends it.
public final class Up {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private Up() {}

    /// Prints a row whenever something changes; ends only with the JVM.
    public static void run(Checkout checkout, PrintStream out, long start) {
        try (var system = LocalSystem.start(checkout)) {
            var pool = Pools.apply(system, checkout.pool());
            Introduction.print(out, system, checkout, pool.getMetadata().getName());
            out.printf(
                    "the pool %s waits for tasks in the queue %s; Ctrl-C ends everything%n%n",
                    pool.getMetadata().getName(),
                    pool.getSpec().queues().getFirst().name());
            var observer = new Observer(
                    system.client(), system.node(), pool.getMetadata().getName());
            var table = new Table(out);
            @Nullable Snapshot before = null;
            while (!Thread.currentThread().isInterrupted()) {
                var now = observer.look(0);
                if (!now.equals(before)) {
                    table.print((System.nanoTime() - start) / 1e9, now);
                }
                before = now;
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }
}
