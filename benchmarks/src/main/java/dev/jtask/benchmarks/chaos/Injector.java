package dev.jtask.benchmarks.chaos;

import dev.jtask.testing.RabbitMqNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Carries planned faults out when they are due, beside each other, but one at a time for each worker and for the
/// broker.
final class Injector {

    private static final int BESIDE = 3;

    private final Deque<Planned> left;
    private final Fleet fleet;
    private final RabbitMqNode broker;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Semaphore beside = new Semaphore(BESIDE);
    private final List<Thread> underWay = new ArrayList<>();
    private final ReentrantLock brokersTurn = new ReentrantLock();
    private volatile boolean brokerDisturbed;

    Injector(List<Planned> planned, Fleet fleet, RabbitMqNode broker) {
        this.left = new ArrayDeque<>(planned);
        this.fleet = fleet;
        this.broker = broker;
    }

    /// Starts what is due now, and waits while too much is under way; for one thread.
    void sent(int tasks) throws InterruptedException {
        while (!left.isEmpty() && left.element().afterSent() <= tasks) {
            var planned = left.remove();
            beside.acquire();
            underWay.add(Thread.ofVirtual().start(() -> {
                try {
                    carryOut(planned);
                } finally {
                    beside.release();
                }
            }));
        }
    }

    void awaitOver() throws InterruptedException {
        for (var thread : underWay) {
            thread.join();
        }
    }

    /// False while a fault holds the broker up.
    boolean brokerIsAble() {
        return !brokerDisturbed;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void carryOut(Planned planned) {
        try {
            if (planned.kind().isTheBrokers()) {
                brokersTurn.lock();
                try {
                    brokerDisturbed = true;
                    record(planned, () -> toBroker(planned));
                } finally {
                    brokerDisturbed = false;
                    brokersTurn.unlock();
                }
            } else {
                var hand = fleet.hands().get(planned.target());
                hand.disturb(() -> record(planned, () -> toWorker(planned, hand)));
            }
        } catch (IOException | RuntimeException e) {
            problems.add("the fault %s could not be carried out: %s".formatted(planned, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Planned planned, Hand.Deed deed) throws IOException, InterruptedException {
        long from = System.currentTimeMillis();
        try {
            deed.carryOut();
        } finally {
            faults.add(new Fault(planned.id(), planned.kind(), planned.target(), from, System.currentTimeMillis()));
        }
    }

    private void toWorker(Planned planned, Hand hand) throws IOException, InterruptedException {
        switch (planned.kind()) {
            case KILL -> hand.replaceKilled();
            case DRAIN -> {
                var wrong = hand.replaceDrained();
                if (!wrong.isEmpty()) {
                    problems.add(wrong);
                }
            }
            case FREEZE -> {
                hand.signal("STOP");
                pause(planned.millis(300, 8_000));
                hand.signal("CONT");
            }
            case CUT -> {
                var random = new Random(planned.draw());
                for (int cuts = 1 + random.nextInt(6); cuts > 0; cuts--) {
                    hand.relay().cut();
                    pause(random.nextInt(random.nextInt(4) == 0 ? 1_000 : 90));
                }
            }
            case SILENCE -> {
                hand.relay().hold();
                pause(planned.millis(300, 5_000));
                hand.relay().cut();
                hand.relay().release();
            }
            case RESTART, CRASH, ALARM, DELETION -> throw new IllegalArgumentException(planned.toString());
        }
    }

    private void toBroker(Planned planned) throws IOException {
        switch (planned.kind()) {
            case RESTART -> {
                broker.stop();
                pause(planned.millis(0, 2_000));
                broker.resume();
            }
            case CRASH -> {
                broker.kill();
                pause(planned.millis(0, 2_000));
                broker.resume();
            }
            case ALARM -> {
                broker.shell().limitMemory(0.000001);
                pause(planned.millis(300, 5_000));
                broker.shell().limitMemory(0.6);
            }
            case DELETION -> Topology.deleteDelays(broker);
            case KILL, DRAIN, FREEZE, CUT, SILENCE -> throw new IllegalArgumentException(planned.toString());
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
