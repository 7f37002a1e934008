package dev.jtask.benchmarks.chaos;

import dev.jtask.testing.Relay;
import dev.jtask.testing.process.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// One worker's place: a process after the other, each as a user starts it, behind a relay of its own.
public final class Hand implements AutoCloseable {

    static final Duration DRAIN = Duration.ofSeconds(10);
    /// What the worker promises beyond the time-out, and what a busy machine takes.
    private static final Duration GRACE = DRAIN.plusSeconds(8).plusSeconds(20);

    private static final long GENERATION = 1L << 40;
    private static final int EXIT_OF_SIGTERM = 143;

    private final int number;
    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Relay relay;
    private final ReentrantLock turn = new ReentrantLock();
    private int generation;
    private long saidBefore;
    private volatile boolean disturbed;
    private volatile Process process;

    private Hand(int number, Path folder, List<String> command, Map<String, String> environment, Relay relay)
            throws IOException {
        this.number = number;
        this.folder = folder;
        this.command = command;
        this.environment = environment;
        this.relay = relay;
        this.process = launch();
    }

    /// @param environment what differs from the defaults
    public static Hand start(
            int number, Path folder, List<String> command, Map<String, String> environment, Relay relay)
            throws IOException {
        return new Hand(number, folder, command, environment, relay);
    }

    int number() {
        return number;
    }

    public Relay relay() {
        return relay;
    }

    /// Grows with whatever its tasks do.
    public long progress() {
        try {
            var ledger = ledger();
            return generation * GENERATION + (Files.exists(ledger) ? Files.size(ledger) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// False while a fault holds it up.
    boolean isAble() {
        return !disturbed;
    }

    /// Nobody else does anything to it meanwhile.
    void disturb(Deed deed) throws IOException, InterruptedException {
        turn.lock();
        try {
            disturbed = true;
            deed.carryOut();
        } finally {
            disturbed = false;
            turn.unlock();
        }
    }

    /// What is done to a worker.
    interface Deed {
        void carryOut() throws IOException, InterruptedException;
    }

    /// SIGKILL, and another one.
    void replaceKilled() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    /// SIGTERM, and another one.
    ///
    /// @return what is wrong with how it ended; empty when nothing is
    String replaceDrained() throws IOException, InterruptedException {
        var wrong = drain();
        process = launch();
        return wrong;
    }

    /// Ends it as Kubernetes does.
    public String drain() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return "worker %d did not end within %d s of SIGTERM, see %s".formatted(number, GRACE.toSeconds(), log());
        }
        // before its first line a process is Java's alone, which ends in its own way
        return process.exitValue() == 0 || (process.exitValue() == EXIT_OF_SIGTERM && said() == saidBefore)
                ? ""
                : "worker %d ended with %d after SIGTERM, see %s".formatted(number, process.exitValue(), log());
    }

    /// Sends any other signal.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /// Whether the process runs that should.
    public boolean isRunning() {
        return disturbed || process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return folder.resolve("%d.log".formatted(number));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        relay.close();
    }

    private Path ledger() {
        return folder.resolve("%d-%d.runs".formatted(number, generation));
    }

    /// Lines, but for Java's own of its end.
    private long said() throws IOException {
        if (!Files.exists(log())) {
            return 0;
        }
        try (var lines = Files.lines(log(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.startsWith("Runtime.exit(")).count();
        }
    }

    private Process launch() throws IOException {
        generation++;
        saidBefore = said();
        var all = new TreeMap<>(environment);
        all.put("CHAOS_LEDGER", ledger().toString());
        all.put("PATH", System.getenv("PATH"));
        all.put("HOME", folder.toString());
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.putIfAbsent("JAVA_OPTS", "-XX:+UseSerialGC -Xmx256m -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError");
        return Children.start(command, all, folder, log());
    }
}
