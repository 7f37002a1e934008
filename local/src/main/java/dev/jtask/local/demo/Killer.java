package dev.jtask.local.demo;

import dev.jtask.local.kubernetes.node.LocalNode;
import dev.jtask.local.kubernetes.node.LocalNode.RunningPod;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Random;

/// Ends a worker process without warning every few seconds.
final class Killer {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final LocalNode node;
    private final PrintStream out;
    private final Random random = new Random();
    private long next = System.nanoTime() + INTERVAL.toNanos();

    Killer(LocalNode node, PrintStream out) {
        this.node = node;
        this.out = out;
    }

    /// Kills one when it is time to.
    void look() {
        var ready = node.pods().stream().filter(RunningPod::ready).toList();
        if (System.nanoTime() < next || ready.isEmpty()) {
            return;
        }
        next = System.nanoTime() + INTERVAL.toNanos();
        var victim = ready.get(random.nextInt(ready.size()));
        victim.pid().stream()
                .boxed()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(process -> {
                    out.printf("      SIGKILL to %s (process %d)%n", victim.name(), process.pid());
                    process.destroyForcibly();
                });
    }
}
