package dev.jtask.benchmarks.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;

/// Malformed messages of all kinds between good ones: `MESSAGES` (100,000) of the seed `SEED`. Exits with 1 when one is
/// not accounted for, one has two ends, a good one does not succeed, a connection is lost, or log or memory grow.
public final class Fuzz {

    private static final int MOST_TOLD = 20;

    private Fuzz() {}

    public static void main(String[] args) throws IOException, InterruptedException, TimeoutException {
        var home = Path.of(System.getProperty("jtask.home", "."));
        var folder = Files.createTempDirectory(Files.createDirectories(home.resolve("target/fuzz")), "run");
        long seed = number("SEED", 1);
        var report = Campaign.run(home, folder, number("MESSAGES", 100_000), seed);
        System.out.println(report);
        report.balance().lost().stream().limit(MOST_TOLD).forEach(line -> System.err.println("lost: " + line));
        report.balance().twice().stream().limit(MOST_TOLD).forEach(line -> System.err.println("twice: " + line));
        report.problems().forEach(line -> System.err.println("wrong: " + line));
        if (!report.isGood()) {
            System.err.printf("fuzz: the same again with SEED=%d; ledger and log are in %s%n", seed, folder);
        }
        System.exit(report.isGood() ? 0 : 1);
    }

    private static int number(String name, int usual) {
        var text = System.getenv().getOrDefault(name, "");
        return text.isEmpty() ? usual : Integer.parseInt(text);
    }
}
