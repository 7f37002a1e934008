package dev.jtask.simulator.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// A worker pod: slots, what it holds in its prefetch window, its totals.
final class Pod {

    /// A task in a slot. It ends only if it was not cancelled before.
    static final class Execution {
        final int task;
        final int queue;
        final double since;
        final boolean fails;
        boolean isCancelled;

        Execution(int task, int queue, double since, boolean fails) {
            this.task = task;
            this.queue = queue;
            this.since = since;
            this.fails = fails;
        }
    }

    final int id;
    final double created;
    final List<Execution> running = new ArrayList<>();
    /// Messages that wait in the worker.
    final ArrayDeque<Integer> prefetched = new ArrayDeque<>();

    private final double[] busy;
    private final long[] ended;
    private long failed;
    private OptionalDouble firstReady = OptionalDouble.empty();
    boolean isReady;
    boolean isLeaving;
    double readySince;

    Pod(int id, double created, int queues) {
        this.id = id;
        this.created = created;
        this.busy = new double[queues];
        this.ended = new long[queues];
    }

    void ready(double now) {
        isReady = true;
        readySince = now;
        if (firstReady.isEmpty()) {
            firstReady = OptionalDouble.of(now);
        }
    }

    boolean takes(int slots, int window) {
        return isReady && !isLeaving && running.size() + prefetched.size() < slots + window;
    }

    void over(Execution execution, double now) {
        running.remove(execution);
        busy[execution.queue] += now - execution.since;
        ended[execution.queue]++;
        failed += execution.fails ? 1 : 0;
    }

    PodFacts facts(double now) {
        var work = new ArrayList<PodFacts.Work>();
        for (int queue = 0; queue < busy.length; queue++) {
            double sum = busy[queue];
            for (var each : running) {
                sum += each.queue == queue ? now - each.since : 0;
            }
            work.add(new PodFacts.Work(sum, ended[queue]));
        }
        double oldest =
                running.stream().mapToDouble(each -> now - each.since).max().orElse(0);
        return new PodFacts(id, created, firstReady, readySince, isReady, running.size(), oldest, failed, work);
    }
}
