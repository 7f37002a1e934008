package dev.jtask.benchmarks;

import dev.jtask.testing.RabbitMqNode;
import java.nio.file.Files;
import java.nio.file.Path;

/// No-op tasks a second, and what each costs its worker, by turns so that what else the machine does hits everyone:
/// `throughput [ROUNDS [MESSAGES]]`. `JTASK_BENCH_BEFORE` names another checkout, built, whose worker takes part as
/// well.
public final class Throughput {

    private Throughput() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int messages = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        var home = Path.of(System.getProperty("jtask.home", "."));
        var folder = Files.createDirectories(home.resolve("target/benchmarks"));
        var results = new Results("tasks/s");
        var costs = new Results("CPU µs/task");
        try (var broker = RabbitMqNode.start(Files.createTempDirectory(folder, "broker"));
                var bench = Bench.on(broker.amqpUri(), messages)) {
            var contestants = Contestants.all(home, broker.amqpUri());
            for (int round = 1; round <= rounds; round++) {
                for (var contestant : contestants) {
                    var log = folder.resolve(contestant.name().replace(' ', '-') + ".log");
                    var rate = Measurement.run(contestant, bench, messages, log);
                    results.add(contestant.name(), rate.perSecond());
                    costs.add(contestant.name(), rate.cpuMicros());
                    System.out.printf(
                            "round %d: %-22s %,10.0f tasks/s %6.1f µs of CPU each%n",
                            round, contestant.name(), rate.perSecond(), rate.cpuMicros());
                }
            }
        }
        System.out.printf(
                "%n%d rounds of %,d no-op tasks, classic queue, medians%n%n%s%n%s",
                rounds, messages, results.table(), costs.table());
    }
}
