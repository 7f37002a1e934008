package dev.jtask.benchmarks;

import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.util.List;

/// From the start of a worker's process to the result of a task that already waits.
record StartUp(Arena arena, Contestants all) implements Scenario {

    @Override
    public String title() {
        return "Start of a worker";
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(all.jtask(8).getFirst(), all.jtaskWithoutCache(), all.celery("prefork", 2, 4));
    }

    @Override
    public void measure(Contestant contestant, Report report) throws IOException {
        arena.queue().declare("classic");
        try (var client = arena.client()) {
            var handle = client.send(TaskRequest.of("bench.echo", 1).returning(Integer.class));
            long began = System.nanoTime();
            try (var running = Running.start(contestant, arena.logs())) {
                int echo = handle.get(Arena.PATIENCE);
                double millis = (System.nanoTime() - began) / 1e6;
                if (echo != 1) {
                    throw running.failed("answered " + echo);
                }
                report.add(title(), Measure.START, contestant.name(), millis);
            }
        }
    }
}
