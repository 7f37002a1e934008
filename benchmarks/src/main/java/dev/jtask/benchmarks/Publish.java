package dev.jtask.benchmarks;

import java.io.IOException;
import java.util.List;

/// Tasks are sent, each confirmed by the broker. The rate is taken between 20 % and 95 %.
record Publish(Arena arena, Contestants all) implements Scenario {

    @Override
    public String title() {
        return "Send, confirmed";
    }

    @Override
    public List<Contestant> contestants() {
        var messages = Integer.toString(arena.messages());
        return List.of(
                all.jtaskClient(Publishing.class, arena.messages()),
                all.celeryClient("publish.py", arena.messages()),
                all.perfTest(
                        "PerfTest producer",
                        List.of(
                                "--producers",
                                "1",
                                "--consumers",
                                "0",
                                "--exchange",
                                BenchQueue.NAME,
                                "--routing-key",
                                BenchQueue.NAME,
                                "--flag",
                                "persistent",
                                "--confirm",
                                "1000",
                                // as many bytes as a task has with its headers
                                "--size",
                                "700",
                                "--pmessages",
                                messages)));
    }

    @Override
    public void measure(Contestant contestant, Report report) throws IOException, InterruptedException {
        var queue = arena.queue();
        int messages = arena.messages();
        queue.declare("classic");
        try (var running = Running.start(contestant, arena.logs())) {
            arena.await(running, () -> queue.ready() >= messages / 5, "sent too few");
            int first = queue.ready();
            long began = System.nanoTime();
            long cpu = running.cpuNanos();
            arena.await(running, () -> queue.ready() >= messages / 20 * 19, "sent too few");
            double sent = queue.ready() - first;
            double seconds = (System.nanoTime() - began) / 1e9;
            double micros = (running.cpuNanos() - cpu) / 1e3;
            running.output(Arena.PATIENCE);
            if (queue.ready() != messages) {
                throw running.failed("sent %,d of %,d messages".formatted(queue.ready(), messages));
            }
            report.add(title(), Measure.MESSAGES, contestant.name(), sent / seconds);
            report.add(title(), Measure.CPU, contestant.name(), micros / sent);
        }
    }
}
