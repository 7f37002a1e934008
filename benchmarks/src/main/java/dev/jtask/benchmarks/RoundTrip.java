package dev.jtask.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// One task at a time, from the call to its result, while nothing else is to do.
record RoundTrip(Arena arena, Contestants all) implements Scenario {

    private static final int WARM_UP = 1_000;
    private static final int TASKS = 3_000;

    @Override
    public String title() {
        return "Idle round trip";
    }

    /// Clients; each has its own kind of worker.
    @Override
    public List<Contestant> contestants() {
        return List.of(
                all.jtaskClient(RoundTrips.class, WARM_UP + TASKS), all.celeryClient("roundtrip.py", WARM_UP + TASKS));
    }

    @Override
    public void measure(Contestant contestant, Report report) throws IOException, InterruptedException {
        arena.queue().declare("classic");
        var worker = contestant.name().startsWith("jtask") ? all.jtask(8).getFirst() : all.celery("prefork", 2, 4);
        try (var _ = Running.start(worker, arena.logs());
                var running = Running.start(contestant, arena.logs())) {
            var times = times(running.output(Arena.PATIENCE));
            if (times.size() != TASKS) {
                throw running.failed("did %d round trips of %d".formatted(times.size(), TASKS));
            }
            report.add(title(), Measure.MEDIAN, contestant.name(), times.get(TASKS / 2));
            report.add(title(), Measure.P99, contestant.name(), times.get(TASKS * 99 / 100));
        }
    }

    /// Sorted.
    private static List<Double> times(String output) {
        return Stream.of(output.split("\n"))
                .filter(line -> line.startsWith("took "))
                .skip(WARM_UP)
                .map(line -> Double.parseDouble(line.substring("took ".length())))
                .sorted()
                .toList();
    }
}
