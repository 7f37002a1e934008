package dev.jtask.local.demo;

import dev.jtask.client.TaskClient;
import dev.jtask.crds.v1alpha1.Conditions;
import dev.jtask.crds.v1alpha1.TaskWorkerPool;
import dev.jtask.local.system.CannotRunException;
import dev.jtask.local.system.Checkout;
import dev.jtask.local.system.Folders;
import dev.jtask.local.system.LocalSystem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// 2,000 thumbnails from no worker to many and back to none.
public final class Demo {

    private static final int TASKS = 2000;
    private static final int PICTURES = 40;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration ROW = Duration.ofSeconds(1);
    private static final Duration POOL_READY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Whether workers are killed on the way.
    public enum Weather {
        CALM,
        KILLING
    }

    private final Checkout checkout;
    private final Weather weather;
    private final PrintStream out;
    private final long start;
    private int peak;

    /// @param start `System.nanoTime()` at the beginning
    public Demo(Checkout checkout, Weather weather, PrintStream out, long start) {
        this.checkout = checkout;
        this.weather = weather;
        this.out = out;
        this.start = start;
    }

    /// Runs the demo and prints its table and its last line.
    ///
    /// @throws CannotRunException when it cannot begin, or when not every task was done and every worker went
    public void run() {
        var thumbnails = Folders.emptied(checkout.folder().resolve("thumbnails"));
        var pictures = CompletableFuture.supplyAsync(
                () -> Pictures.draw(checkout.folder().resolve("pictures"), PICTURES));
        Tally tally;
        int finalReplicas;
        try (var system = LocalSystem.start(checkout);
                var runs = Runs.in(thumbnails)) {
            var pool = Pools.apply(system, checkout.pool());
            Introduction.print(out, system, checkout, pool.getMetadata().getName());
            var observer = new Observer(
                    system.client(), system.node(), pool.getMetadata().getName());
            awaitQueues(observer);
            tally = work(system, observer, pool, pictures.join(), thumbnails, runs);
            finalReplicas = system.node().pods().size();
            if (runs.missedSome()) {
                out.println("the system lost track of some files: duplicated may be too low");
            }
        }
        out.println(tally.line(peak, finalReplicas, seconds()));
        if (tally.isComplete() && finalReplicas == 0) {
            return;
        }
        throw new CannotRunException(
                "%d of %d tasks succeeded and %d worker pods were left after %.0f s; see %s/operator.log and %s/pods/*.log"
                        .formatted(
                                tally.succeeded(),
                                tally.sent(),
                                finalReplicas,
                                seconds(),
                                checkout.folder(),
                                checkout.folder()));
    }

    private Tally work(
            LocalSystem system,
            Observer observer,
            TaskWorkerPool pool,
            List<Path> pictures,
            Path thumbnails,
            Runs runs) {
        var queue = pool.getSpec().queues().getFirst().name();
        try (var client =
                TaskClient.builder(system.broker().amqpUri()).queue(queue).connect()) {
            var load = Load.send(client, pictures, thumbnails, TASKS);
            out.printf("sent %d tasks over %d pictures%n%n", load.size(), pictures.size());
            follow(system, observer, load);
            return load.tally(runs);
        }
    }

    /// Shows what happens until all is done and all workers are gone.
    private void follow(LocalSystem system, Observer observer, Load load) {
        var table = new Table(out);
        var killer =
                weather == Weather.KILLING ? Optional.of(new Killer(system.node(), out)) : Optional.<Killer>empty();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var nextRow = System.nanoTime();
        boolean over = false;
        while (!over) {
            int done = load.done();
            var snapshot = observer.look(done);
            peak = Math.max(peak, snapshot.readyPods());
            over = done == load.size() && snapshot.pods() == 0;
            if (over || System.nanoTime() >= nextRow) {
                nextRow += ROW.toNanos();
                table.print(seconds(), snapshot);
            }
            if (done < load.size()) {
                killer.ifPresent(Killer::look);
            }
            if (System.nanoTime() > deadline) {
                return;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void awaitQueues(Observer observer) {
        var deadline = System.nanoTime() + POOL_READY.toNanos();
        var queues = observer.condition(Conditions.QUEUES_READY);
        while (queues.filter(text -> text.startsWith("True")).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new CannotRunException("the pool's queues were not ready within %d s (%s); see %s"
                        .formatted(
                                POOL_READY.toSeconds(),
                                queues.orElse("the operator said nothing"),
                                checkout.folder().resolve("operator.log")));
            }
            LockSupport.parkNanos(LOOK.toNanos());
            queues = observer.condition(Conditions.QUEUES_READY);
        }
    }

    private double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
