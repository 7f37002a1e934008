package dev.jtask.benchmarks;

import dev.jtask.client.TaskClient;
import dev.jtask.testing.RabbitMqNode;
import java.nio.file.Files;
import java.nio.file.Path;

/// From the start of a worker's process to the result of its first task, with and without the AOT cache, by turns:
/// `startup [ROUNDS]`.
public final class StartUp {

    private StartUp() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        var home = Path.of(System.getProperty("jtask.home", "."));
        var folder = Files.createDirectories(home.resolve("target/benchmarks"));
        var results = new Results("ms");
        try (var broker = RabbitMqNode.start(Files.createTempDirectory(folder, "broker"));
                var client = TaskClient.builder(broker.amqpUri())
                        .queue(Contestants.QUEUE)
                        .connect()) {
            var contestants = Contestants.starting(home, broker.amqpUri());
            for (int round = 0; round <= rounds; round++) {
                for (var contestant : contestants) {
                    var log = folder.resolve(contestant.name().replace(' ', '-') + "-start.log");
                    var time = FirstTask.run(contestant, client, log);
                    // the first round warms the broker, this process and the page cache
                    if (round > 0) {
                        results.add(contestant.name(), time.toNanos() / 1e6);
                        System.out.printf("round %d: %-22s %,8d ms%n", round, contestant.name(), time.toMillis());
                    }
                }
            }
        }
        System.out.printf(
                "%n%d starts each, process start to the first task's result, medians%n%n%s", rounds, results.table());
    }
}
