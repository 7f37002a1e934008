package dev.jtask.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// One task at a time, from the call to its result, while nothing else is to do.
record RoundTrip(Arena arena, Contestants all) implements Scenario {

    /// Until both JVMs have compiled what such a trip runs: thrice as long as it takes at its first.
    private static final int WARM_UP = 10_000;
    private static final int TASKS = 3_000;

    @Override
    public String title() {
        return "Idle round trip";
    }

    /// Clients; each has its own kind of worker, and the one without tasks is its own.
    @Override
    public List<Contestant> contestants() {
        return List.of(
                all.jtaskClient(RoundTrips.class, WARM_UP + TASKS),
                all.celeryClient("roundtrip.py", WARM_UP + TASKS),
                all.amqpClient(Echo.class, WARM_UP + TASKS));
    }

    @Override
    public void measure(Contestant contestant, Report report) throws IOException, InterruptedException {
        arena.queue().declare("classic");
        switch (contestant.name()) {
            case Contestants.AMQP_CLIENT -> trips(contestant, report);
            case Contestants.CELERY_CLIENT -> served(all.celery("prefork", 2, 4), contestant, report);
            default -> served(all.jtask(8).getFirst(), contestant, report);
        }
    }

    private void served(Contestant worker, Contestant client, Report report) throws IOException, InterruptedException {
        try (var _ = Running.start(worker, arena.logs())) {
            trips(client, report);
        }
    }

    private void trips(Contestant client, Report report) throws IOException, InterruptedException {
        try (var running = Running.start(client, arena.logs())) {
            var times = times(running.output(Arena.PATIENCE));
            if (times.size() != TASKS) {
                throw running.failed("did %d round trips of %d".formatted(times.size(), TASKS));
            }
            report.add(title(), Measure.MEDIAN, client.name(), times.get(TASKS / 2));
            report.add(title(), Measure.P99, client.name(), times.get(TASKS * 99 / 100));
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
