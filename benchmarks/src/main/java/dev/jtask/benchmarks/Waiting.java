package dev.jtask.benchmarks;

import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// What a hundred tasks cost that wait for something, all at the same time.
record Waiting(Arena arena, Contestants all) implements Scenario {

    private static final int SLOTS = 100;
    private static final double LONGER_THAN_WE_LOOK = 900;

    @Override
    public String title() {
        return "%d tasks waiting".formatted(SLOTS);
    }

    @Override
    public List<Contestant> contestants() {
        return List.of(all.jtask(SLOTS).getFirst(), all.celery("threads", SLOTS, 1), all.celery("prefork", SLOTS, 1));
    }

    @Override
    public void measure(Contestant contestant, Report report) throws IOException, InterruptedException {
        arena.queue().declare("classic");
        var started = Files.createTempFile(arena.logs(), "started", ".txt");
        try (var client = arena.client()) {
            client.sendAll(Collections.nCopies(
                    SLOTS,
                    TaskRequest.of("bench.wait", started.toString(), LONGER_THAN_WE_LOOK)
                            .ignoringResult()));
        }
        try (var running = Running.start(contestant, arena.logs())) {
            arena.await(running, () -> lines(started) == SLOTS, "did not start all tasks");
            report.add(title(), Measure.MEMORY, contestant.name(), running.memoryBytes() / 1024.0 / 1024.0);
            running.kill();
        } finally {
            Files.delete(started);
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
