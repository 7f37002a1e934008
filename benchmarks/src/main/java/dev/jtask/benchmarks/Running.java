package dev.jtask.benchmarks;

import dev.jtask.testing.process.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A contestant at work: its process and the ones that it started.
final class Running implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Contestant contestant;
    private final Process process;
    private final Path log;

    private Running(Contestant contestant, Process process, Path log) {
        this.contestant = contestant;
        this.process = process;
        this.log = log;
    }

    static Running start(Contestant contestant, Path logs) throws IOException {
        var log = logs.resolve(contestant.name().replace(' ', '-') + ".log");
        Files.deleteIfExists(log); // of an earlier round
        var environment = new TreeMap<>(System.getenv());
        environment.putAll(contestant.environment());
        return new Running(contestant, Children.start(contestant.command(), environment, logs, log), log);
    }

    /// That all its processes have used.
    long cpuNanos() {
        return all().mapToLong(handle ->
                        handle.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    /// That all its processes have for themselves, with their share of what they have together.
    ///
    /// @throws IOException when Linux does not tell
    long memoryBytes() throws IOException {
        long sum = 0;
        for (var handle : all().toList()) {
            sum += memoryBytes(handle.pid());
        }
        return sum;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// What it printed until its end.
    ///
    /// @throws IllegalStateException when it fails, or does not end in time
    String output(Duration most) throws IOException, InterruptedException {
        if (!process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS) || process.exitValue() != 0) {
            throw failed("did not come to its end");
        }
        return Files.readString(log);
    }

    IllegalStateException failed(String what) {
        return new IllegalStateException("%s %s; see %s".formatted(contestant.name(), what, log));
    }

    /// Ends it without asking: its tasks are not worth waiting for.
    void kill() {
        all().toList().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static long memoryBytes(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/%d/smaps_rollup".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (NoSuchFileException e) {
            return 0; // it ended meanwhile
        }
    }
}
