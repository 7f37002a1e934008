package dev.jtask.benchmarks.fuzz;

import dev.jtask.benchmarks.chaos.Hand;
import dev.jtask.benchmarks.fuzz.task.FuzzTasks;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.Relay;
import dev.jtask.testing.process.TaskJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// One fuzz from its first message to its report: one worker with 256 MiB, one queue, and nobody else.
final class Campaign {

    private static final int MOST_READY = 1_000;
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// A worker may say some lines of each kind, not one for each message.
    private static final long LOG_BASE = 1 << 20;

    private static final long LOG_EACH = 200;
    private static final long MOST_RSS_MIB = 640;
    private static final long MOST_HEAP_MIB = 96;

    private final Path folder;
    private final Accounts accounts = new Accounts();
    private final List<Accounts.Sent> sent = new ArrayList<>();
    private long read;

    /// What a fuzz found.
    record Report(Accounts.Balance balance, Footprint footprint, List<String> problems) {

        boolean isGood() {
            return balance.isGood(footprint.sessionsLost()) && problems.isEmpty();
        }

        @Override
        public String toString() {
            return "fuzz: malformed=%d good=%d run=%d dead=%d lost=%d twice=%d sessionsLost=%d logKiB=%d heapMiB=%d rssMiB=%d"
                    .formatted(
                            balance.malformed(),
                            balance.good(),
                            balance.run(),
                            balance.dead(),
                            balance.lost().size(),
                            balance.twice().size(),
                            footprint.sessionsLost(),
                            footprint.logKiB(),
                            footprint.heapMiB(),
                            footprint.rssMiB());
        }
    }

    private Campaign(Path folder) {
        this.folder = folder;
    }

    /// @param malformed how many; good ones come between them
    static Report run(Path home, Path folder, int malformed, long seed)
            throws IOException, InterruptedException, TimeoutException {
        return new Campaign(folder).run(home, malformed, seed);
    }

    private Report run(Path home, int malformed, long seed) throws IOException, InterruptedException, TimeoutException {
        try (var broker = RabbitMqNode.start(folder.resolve("broker"));
                var wire = new Wire(broker.amqpPort());
                var worker = worker(home, broker)) {
            var mutants = new Mutants(seed, wire.replies());
            var problems = new ArrayList<String>();
            for (int number = 1, bad = 0; bad < malformed; number++) {
                var mutant = mutants.get(number);
                bad += mutant.isGood() ? 0 : 1;
                sent.add(new Accounts.Sent(mutant.key(), mutant.kind()));
                wire.send(mutant);
                if (number % MOST_READY == 0) {
                    wire.confirm();
                    awaitReady(wire, worker, MOST_READY, problems);
                }
            }
            wire.confirm();
            awaitReady(wire, worker, 0, problems);
            awaitEnd(wire, worker);
            var footprint = Footprint.of(worker.pid(), worker.log());
            if (!worker.isRunning()) {
                problems.add("the worker ended by itself");
            } else {
                problems.add(worker.drain());
            }
            gather(wire);
            problems.addAll(limits(footprint));
            problems.removeIf(String::isEmpty);
            return new Report(accounts.balance(sent), footprint, List.copyOf(problems));
        }
    }

    private Hand worker(Path home, RabbitMqNode broker) throws IOException {
        var jar = TaskJar.write(folder.resolve("fuzz-tasks.jar"), FuzzTasks.class);
        var relay = Relay.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), broker.amqpPort());
        return Hand.start(
                0,
                folder,
                List.of(home.resolve("worker-runtime/bin/jtask-worker").toString(), jar.toString()),
                Map.of(
                        "JTASK_BROKER_URI",
                        "amqp://guest:guest@127.0.0.1:" + relay.port(),
                        "JTASK_QUEUES",
                        Wire.QUEUE,
                        "JTASK_CONCURRENCY",
                        "8",
                        "JTASK_HTTP_PORT",
                        "0"),
                relay);
    }

    /// Whoever does nothing for a minute while messages wait is stuck.
    private void awaitReady(Wire wire, Hand worker, int most, List<String> problems) throws IOException {
        long moved = System.nanoTime();
        int before = Integer.MAX_VALUE;
        for (int ready = wire.ready(); ready > most; ready = wire.ready()) {
            gather(wire);
            if (ready < before) {
                before = ready;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > BOUND.toNanos()) {
                problems.add("%d messages wait, and nothing happens; see %s".formatted(ready, worker.log()));
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /// What the worker holds, or has put among its suspects, comes a little later.
    private void awaitEnd(Wire wire, Hand worker) throws IOException {
        long moved = System.nanoTime();
        long before = -1;
        while (System.nanoTime() - moved < BOUND.toNanos() && worker.isRunning()) {
            gather(wire);
            if (accounts.balance(sent).lost().isEmpty()) {
                return;
            }
            if (accounts.ended() != before) {
                before = accounts.ended();
                moved = System.nanoTime();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void gather(Wire wire) throws IOException {
        wire.take(
                Wire.DEAD,
                letter -> accounts.letter(
                        key(letter.getProps().getMessageId(), letter.getProps().getHeaders())));
        wire.take(
                wire.replies(),
                reply -> accounts.answered(String.valueOf(reply.getProps().getCorrelationId())));
        runs();
    }

    /// The lines of the worker's ledger that are new.
    private void runs() throws IOException {
        var ledger = folder.resolve("0-1.runs");
        if (!Files.exists(ledger)) {
            return;
        }
        try (var in = Files.newByteChannel(ledger)) {
            var fresh = Channels.newInputStream(in.position(read)).readAllBytes();
            int end = fresh.length;
            while (end > 0 && fresh[end - 1] != '\n') {
                end--;
            }
            new String(fresh, 0, end, StandardCharsets.UTF_8).lines().forEach(accounts::ran);
            read += end;
        }
    }

    private static String key(String messageId, Map<String, Object> headers) {
        var mark = headers == null ? null : headers.get(FuzzTasks.MARK);
        return mark == null ? String.valueOf(messageId) : mark.toString();
    }

    private List<String> limits(Footprint footprint) {
        var problems = new ArrayList<String>();
        if (footprint.logKiB() * 1_024 > LOG_BASE + LOG_EACH * sent.size()) {
            problems.add("the log has %d KiB".formatted(footprint.logKiB()));
        }
        if (footprint.rssMiB() > MOST_RSS_MIB) {
            problems.add("the worker has %d MiB".formatted(footprint.rssMiB()));
        }
        if (footprint.heapMiB() > MOST_HEAP_MIB) {
            problems.add("%d MiB of its heap are in use".formatted(footprint.heapMiB()));
        }
        if (footprint.sessionsLost() > 0) {
            problems.add("%d connections were lost for a message".formatted(footprint.sessionsLost()));
        }
        return problems;
    }
}
