package dev.jtask.benchmarks.chaos;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RedisNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// One run from its first task to its verdict.
final class Campaign {

    /// While so many wait no more are sent: faults find both full queues and empty ones.
    private static final int MOST_READY = 2_000;

    /// A run is acknowledged this long after its end, also when its result has to wait for an alarm to end.
    private static final long SETTLED_MILLIS = 15_000;

    /// Longer than any retry, and than the broker takes for one that it lost sight of in a restart.
    private static final Duration QUIET = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Options options;
    private final Map<String, Integer> dead = new HashMap<>();

    /// What a run found.
    ///
    /// @param problems what is wrong beside the verdict
    record Report(Verdict verdict, List<String> problems, int answered, int asked) {

        boolean isGood() {
            return verdict.isGood() && problems.isEmpty();
        }
    }

    private Campaign(Options options) {
        this.options = options;
    }

    static Report run(Options options) throws IOException, InterruptedException {
        return new Campaign(options).run();
    }

    private Report run() throws IOException, InterruptedException {
        try (var redis = RedisNode.start();
                var broker = RabbitMqNode.start(
                        options.folder().resolve("broker"), "max_message_size = " + Requests.MAX_MESSAGE_SIZE)) {
            Topology.declare(broker, options.queues());
            try (var fleet = Fleet.start(options, broker, redis);
                    var sender = new Sender(broker.amqpUri(), redis.uri(), options.queues())) {
                var injector = new Injector(
                        Schedule.of(
                                options.seed(), options.tasks(), options.kills(), options.restarts(), Options.WORKERS),
                        fleet,
                        broker);
                try (var lookout = new Lookout(
                        broker, options.queues(), fleet, injector, new Evidence(options.folder(), fleet, broker))) {
                    sendAll(sender, injector, lookout);
                    return judge(broker, fleet, sender, injector, lookout);
                }
            }
        }
    }

    private void sendAll(Sender sender, Injector injector, Lookout lookout) throws InterruptedException {
        int sent = 0;
        int told = 0;
        int enough = Math.min(MOST_READY, options.tasks() / 20);
        for (var errand : Workload.of(options.seed(), options.tasks(), options.queues())) {
            while (lookout.ready() > enough && lookout.stuck().isEmpty()) {
                pause();
            }
            sender.send(errand);
            sent += errand.tasks();
            injector.sent(sent);
            if (sent * 10L / options.tasks() > told) {
                told = (int) (sent * 10L / options.tasks());
                System.err.printf(
                        "chaos: %d tasks sent, %d faults%n",
                        sent, injector.faults().size());
            }
        }
        sender.awaitSent();
        injector.awaitOver();
    }

    private Report judge(RabbitMqNode broker, Fleet fleet, Sender sender, Injector injector, Lookout lookout)
            throws IOException, InterruptedException {
        var verdict = verdict(broker, sender, injector);
        while (!verdict.lost().isEmpty() && lookout.quiet().compareTo(QUIET) < 0) {
            pause();
            if (lookout.ready() == 0) {
                verdict = verdict(broker, sender, injector);
            }
        }
        var problems = new ArrayList<>(injector.problems());
        problems.addAll(lookout.stuck());
        int asked = 0;
        int answered = 0;
        for (var question : sender.asked()) {
            asked++;
            if (question.handle()
                    .await(isLastChance(answered, asked) ? Duration.ofSeconds(5) : Duration.ofMillis(20))) {
                answered++;
            } else if (sender.isKept(question.sending().errand()) || !brokerWasAwaySince(question, injector)) {
                problems.add("nobody told the result of " + question.sending().errand());
            }
        }
        for (var hand : fleet.hands()) {
            if (!hand.isRunning()) {
                problems.add("worker %d ended by itself, see %s".formatted(hand.number(), hand.log()));
            } else {
                problems.add(hand.drain());
            }
        }
        problems.removeIf(String::isEmpty);
        Files.write(
                options.folder().resolve("faults.txt"),
                injector.faults().stream().map(Fault::toString).toList());
        Files.write(
                options.folder().resolve("sent.txt"),
                sender.sendings().stream().map(Sending::toString).toList());
        return new Report(verdict(broker, sender, injector), List.copyOf(problems), answered, asked);
    }

    /// The first that miss get time; when many do, it is not for want of time.
    private static boolean isLastChance(int answered, int asked) {
        return asked - answered < 10;
    }

    /// What is sent back over `rpc://` is lost with the reply queue, as with Celery.
    private static boolean brokerWasAwaySince(Sender.Asked question, Injector injector) {
        return injector.faults().stream()
                .anyMatch(
                        fault -> fault.touches(Fault.BROKER, question.sending().from(), Long.MAX_VALUE));
    }

    private Verdict verdict(RabbitMqNode broker, Sender sender, Injector injector) throws IOException {
        Topology.dead(broker, options.queues()).forEach((key, count) -> dead.merge(key, count, Integer::sum));
        return Oracle.judge(sender.sendings(), Ledgers.read(options.folder()), dead, injector.faults(), SETTLED_MILLIS);
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }
}
