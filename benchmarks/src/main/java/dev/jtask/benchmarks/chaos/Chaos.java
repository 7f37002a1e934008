package dev.jtask.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Many tasks under many faults: real workers that are killed, stopped and drained, a broker that goes away and comes
/// back, connections that are cut. Says in one line what became of the tasks, and exits with 1 when one is lost, one
/// ran again for no reason, or a worker stood still. `TASKS`, `KILLS`, `RESTARTS`, `SEED` and `QUEUES` are variables.
public final class Chaos {

    private static final int MOST_TOLD = 20;

    private Chaos() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("jtask.home", "."));
        var folder = Files.createTempDirectory(Files.createDirectories(home.resolve("target/chaos")), "run");
        var options = Options.of(home, folder, System.getenv());
        var begun = Instant.now();
        var report = Campaign.run(options);
        System.err.printf(
                "chaos: seed %d, %d kills, %d restarts, queues %s, %d of %d results told, %d s%n",
                options.seed(),
                options.kills(),
                options.restarts(),
                options.queues().types(),
                report.answered(),
                report.asked(),
                Instant.now().getEpochSecond() - begun.getEpochSecond());
        System.out.println(report.verdict());
        if (!report.isGood()) {
            tell("lost", report.verdict().lost());
            tell("no fault explains it", report.verdict().unexplained());
            tell("wrong", report.problems());
            System.err.printf(
                    "chaos: the same again with SEED=%d; ledgers and logs are in %s%n", options.seed(), folder);
        }
        System.exit(report.isGood() ? 0 : 1);
    }

    private static void tell(String what, List<String> found) {
        found.stream().limit(MOST_TOLD).forEach(line -> System.err.println(what + ": " + line));
        if (found.size() > MOST_TOLD) {
            System.err.printf("%s: and %d more%n", what, found.size() - MOST_TOLD);
        }
    }
}
