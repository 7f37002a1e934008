package dev.jtask.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// All scenarios beside the peers, in one run: `suite [ROUNDS [MESSAGES [PART-OF-A-TITLE]]]`.
///
/// `JTASK_BENCH_BEFORE` names another checkout, built, whose worker takes part as well; `JTASK_BENCH_ONLY` is a part of
/// the names of the only contestants that take part; with `JTASK_BENCH_WRITE=docs` the page and its chart are written.
public final class Suite {

    private Suite() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int messages = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        var title = args.length > 2 ? args[2] : "";
        var home = Path.of(System.getProperty("jtask.home", "."));
        var report = new Report();
        try (var arena = Arena.open(home, messages)) {
            var before = System.getenv("JTASK_BENCH_BEFORE");
            var all = new Contestants(home, before == null ? home : Path.of(before), arena.tasks(), arena.uri());
            for (int round = 1; round <= rounds; round++) {
                System.out.printf("round %d of %d%n", round, rounds);
                for (var scenario : scenarios(arena, all)) {
                    if (scenario.title().contains(title)) {
                        round(scenario, report);
                    }
                }
            }
            var page = new Page(rounds, messages, Machine.here(arena), report);
            System.out.println("\n" + page.tables());
            var write = System.getenv("JTASK_BENCH_WRITE");
            if (write != null) {
                var folder = home.resolve(write);
                Files.writeString(folder.resolve("benchmarks.md"), page.markdown());
                Files.writeString(folder.resolve("benchmarks.svg"), new Chart(report).svg());
            }
        }
    }

    private static List<Scenario> scenarios(Arena arena, Contestants all) {
        return List.of(
                new Drain(arena, all, "classic", false),
                new Drain(arena, all, "classic", true),
                new Drain(arena, all, "quorum", false),
                new Publish(arena, all),
                new RoundTrip(arena, all),
                new Waiting(arena, all),
                new StartUp(arena, all));
    }

    private static void round(Scenario scenario, Report report) throws IOException, InterruptedException {
        var only = System.getenv().getOrDefault("JTASK_BENCH_ONLY", "");
        for (var contestant : scenario.contestants()) {
            if (contestant.name().contains(only)) {
                scenario.measure(contestant, report);
            }
        }
    }
}
