package dev.jtask.benchmarks;

import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A full queue of short tasks is worked off.
///
/// The rate is taken between 50 % and 95 % drained: a JVM has compiled most of what it runs by then, and the last
/// prefetched messages are left out. What is held by the consumer at both marks is the same, so it cancels out.
record Drain(Arena arena, Contestants all, String queueType, boolean answered) implements Scenario {

    @Override
    public String title() {
        return "Work off a %s queue%s".formatted(queueType, answered ? ", with results" : "");
    }

    @Override
    public List<Contestant> contestants() {
        var contestants = new ArrayList<>(all.jtask(8));
        if (queueType.equals("classic")) {
            // Celery before 5.5, as Debian has it, knows no quorum queues
            contestants.add(all.celery("prefork", 2, 64));
            contestants.add(all.celery("threads", 8, 64));
        }
        if (!answered) {
            contestants.add(all.perfTest("PerfTest consumer", consumer()));
        }
        return contestants;
    }

    private List<String> consumer() {
        var options = new ArrayList<>(
                List.of("--producers", "0", "--consumers", "1", "--queue", BenchQueue.NAME, "--qos", "256"));
        if (queueType.equals("classic")) {
            options.addAll(List.of("--multi-ack-every", "64"));
        }
        return options;
    }

    @Override
    public void measure(Contestant contestant, Report report) throws IOException, InterruptedException {
        var queue = arena.queue();
        int messages = arena.messages();
        queue.declare(queueType);
        queue.fill(answered ? "bench.echo" : "bench.noop", messages, answered);
        try (var running = Running.start(contestant, arena.logs())) {
            var first = mark(running, messages / 2);
            var last = mark(running, messages / 20);
            arena.await(running, () -> queue.ready() == 0, "left tasks in the queue");
            if (contestant.runsTasks()) {
                check(running, messages);
            }
            double drained = first.ready() - last.ready();
            report.add(title(), Measure.TASKS, contestant.name(), drained * 1e9 / (last.nanos() - first.nanos()));
            report.add(title(), Measure.CPU, contestant.name(), (last.cpu() - first.cpu()) / 1e3 / drained);
        }
        if (contestant.runsTasks() && queue.ready() != 0) {
            throw new IllegalStateException(contestant.name() + " gave tasks back at its end that it had done");
        }
    }

    /// Each task once, and each result here.
    private void check(Running running, int messages) {
        if (answered) {
            arena.await(running, () -> arena.queue().replies() >= messages, "left tasks without a result");
        }
        try (var client = arena.client()) {
            var total = TaskRequest.of("bench.total").returning(Long.class);
            arena.await(
                    running,
                    () -> client.send(total).get(Arena.PATIENCE) >= messages,
                    "ran fewer tasks than the queue had");
            long runs = client.send(total).get(Arena.PATIENCE);
            if (runs != messages) {
                throw running.failed("ran %,d tasks %,d times".formatted(messages, runs));
            }
        }
    }

    /// @param cpu nanoseconds that the contestant has used
    private record Mark(int ready, long nanos, long cpu) {}

    private Mark mark(Running running, int atMost) {
        arena.await(running, () -> arena.queue().ready() <= atMost, "left tasks in the queue");
        return new Mark(arena.queue().ready(), System.nanoTime(), running.cpuNanos());
    }
}
