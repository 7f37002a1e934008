package dev.jtask.simulator.world;

import dev.jtask.simulator.load.Kind;
import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.load.Trouble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/// The pods of the pool and what they run.
final class Workers {

    /// Until a call to something that is down gives up.
    private static final double FAILS_AFTER = 1;

    private final Load load;
    private final Events events;
    private final List<Backlog> queues;
    private final IntConsumer failed;
    private final int window;
    final List<Pod> pods = new ArrayList<>();
    final double[] started;
    private int running;
    private int turn;
    /// Nobody had room when last asked, and none was made since.
    private boolean isFull;

    /// @param failed hears of tasks that are to be tried again
    Workers(Load load, Events events, List<Backlog> queues, IntConsumer failed) {
        this.load = load;
        this.events = events;
        this.queues = queues;
        this.failed = failed;
        // a window hides the way to the broker: nothing for long tasks, many for short ones
        this.window = (int) Math.min(40, Math.floor(load.shape().slots() * 0.1 / load.meanSeconds()));
        this.started = new double[load.tasks().count()];
        Arrays.fill(started, -1);
    }

    /// Gives waiting messages to whoever has room, one pod after the other.
    void deliver() {
        for (var queue : queues) {
            while (!queue.isEmpty() && offer(queue)) {
                // on to the next message
            }
        }
    }

    private boolean offer(Backlog queue) {
        if (isFull) {
            return false;
        }
        for (int i = 0; i < pods.size(); i++) {
            turn = turn + 1 >= pods.size() ? 0 : turn + 1;
            var pod = pods.get(turn);
            if (pod.takes(load.shape().slots(), window)) {
                pod.prefetched.addLast(queue.deliver());
                fill(pod);
                return true;
            }
        }
        isFull = true;
        return false;
    }

    private void fill(Pod pod) {
        while (pod.running.size() < load.shape().slots() && !pod.prefetched.isEmpty()) {
            start(pod, pod.prefetched.removeFirst());
        }
    }

    private void start(Pod pod, int task) {
        var execution = new Pod.Execution(task, load.tasks().queue(task), events.now(), isDependencyDown());
        pod.running.add(execution);
        running++;
        if (started[task] < 0) {
            started[task] = events.now();
        }
        double slowed = Math.max(1, running / load.shape().limit());
        double seconds = execution.fails ? FAILS_AFTER : load.tasks().seconds(task) * slowed;
        events.at(events.now() + seconds, () -> end(pod, execution));
    }

    private boolean isDependencyDown() {
        return load.troubles().stream()
                .anyMatch(each -> each instanceof Trouble.DependencyDown
                        && events.now() >= each.from()
                        && events.now() < each.until());
    }

    private void end(Pod pod, Pod.Execution execution) {
        if (execution.isCancelled) {
            return;
        }
        running--;
        pod.over(execution, events.now());
        queues.get(execution.queue).settle(load.tasks().kind(execution.task) != Kind.REJECTED);
        if (execution.fails) {
            failed.accept(execution.task);
        }
        if (pod.isLeaving) {
            if (pod.running.isEmpty()) {
                pods.remove(pod);
            }
            return;
        }
        fill(pod);
        hasRoom();
    }

    /// A pod can take more than before.
    void hasRoom() {
        isFull = false;
        deliver();
    }

    /// SIGTERM: what has not started goes back, what runs may end.
    void leave(Pod pod, Runnable interrupted) {
        pod.isLeaving = true;
        giveBack(pod);
        if (pod.running.isEmpty()) {
            pods.remove(pod);
        } else {
            events.at(events.now() + load.shape().drain(), () -> {
                pod.running.forEach(each -> interrupted.run());
                cut(pod);
                pods.remove(pod);
                deliver();
            });
        }
        deliver();
    }

    /// The connection is gone: the broker has everything back.
    void disconnect(Pod pod) {
        pod.isReady = false;
        giveBack(pod);
        cut(pod);
    }

    private void giveBack(Pod pod) {
        while (!pod.prefetched.isEmpty()) {
            int task = pod.prefetched.removeLast();
            queues.get(load.tasks().queue(task)).requeue(task);
        }
    }

    private void cut(Pod pod) {
        for (var execution : List.copyOf(pod.running)) {
            execution.isCancelled = true;
            running--;
            pod.over(execution, events.now());
            queues.get(execution.queue).requeue(execution.task);
        }
    }
}
