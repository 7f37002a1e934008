package dev.jtask.simulator;

import dev.jtask.simulator.report.Table;
import dev.jtask.simulator.world.Run;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// What the contests say together.
final class Summary {

    private final List<Contest> contests;

    Summary(List<Contest> contests) {
        this.contests = contests;
    }

    Table loads() {
        var table = new Table(
                "load",
                "tasks",
                "p50",
                "p99",
                "pod-h",
                "cut",
                "sizes",
                "KEDA p99",
                "pod-h",
                "cut",
                "at our p99",
                "better",
                "fixed",
                "oracle p99",
                "pod-h");
        for (var each : contests) {
            var defaults = each.defaults().run();
            table.row(
                    each.load().name(),
                    String.valueOf(each.load().tasks().count()),
                    number(each.ours().p50()),
                    number(each.ours().p99()),
                    number(each.ours().podHours()),
                    String.valueOf(each.ours().interrupted()),
                    String.valueOf(each.ours().changes()),
                    number(defaults.p99()),
                    number(defaults.podHours()),
                    String.valueOf(defaults.interrupted()),
                    each.cheapestAsGood()
                            .map(found -> ratio(found.run(), each.ours()))
                            .orElse("none"),
                    String.valueOf(each.better().size()),
                    ratio(each.fixed().run(), each.ours()),
                    number(each.oracle().run().p99()),
                    number(each.oracle().run().podHours()));
        }
        return table;
    }

    Table verdict() {
        long undominated =
                contests.stream().filter(each -> each.better().isEmpty()).count();
        var table = new Table("aim", "is", "aimed at");
        table.row(
                "loads on which no KEDA setting is better in both",
                "%d of %d, %.0f %%".formatted(undominated, contests.size(), 100.0 * undominated / contests.size()),
                "80 %");
        table.row(
                "tasks interrupted by scaling",
                String.valueOf(contests.stream()
                        .mapToInt(each -> each.ours().interrupted())
                        .sum()),
                "0");
        table.row(
                "pod-hours of KEDA's best at our p99, to ours",
                "x%.2f on %d loads, none as good on %d"
                        .formatted(
                                geometric(contests.stream()
                                        .flatMap(each -> each.cheapestAsGood().stream()
                                                .map(found -> found.run().podHours()
                                                        / each.ours().podHours()))),
                                contests.stream()
                                        .filter(each -> each.cheapestAsGood().isPresent())
                                        .count(),
                                contests.stream()
                                        .filter(each -> each.cheapestAsGood().isEmpty())
                                        .count()),
                "x1.20");
        table.row("pod-hours of KEDA's defaults, to ours", "x%.2f".formatted(toOurs(Run::podHours)), "");
        table.row("p99 + 1 s of KEDA's defaults, to ours", "x%.2f".formatted(toOurs(run -> run.p99() + 1)), "");
        table.row(
                "pod-hours of ours, to the oracle's",
                "x%.2f"
                        .formatted(geometric(contests.stream()
                                .map(each -> each.ours().podHours()
                                        / each.oracle().run().podHours()))),
                "");
        table.row(
                "geometric means of ours: pod-hours, p99 + 1 s",
                "%.3f, %.2f"
                        .formatted(
                                geometric(contests.stream()
                                        .map(each -> each.ours().podHours())),
                                geometric(contests.stream()
                                        .map(each -> each.ours().p99() + 1))),
                "");
        return table;
    }

    private double toOurs(ToDoubleFunction<Run> figure) {
        return geometric(contests.stream()
                .map(each -> figure.applyAsDouble(each.defaults().run()) / figure.applyAsDouble(each.ours())));
    }

    private static double geometric(Stream<Double> values) {
        var logs = DoubleStream.of(values.mapToDouble(Math::log).toArray());
        return Math.exp(logs.average().orElse(0));
    }

    private static String ratio(Run run, Run ours) {
        return String.format(Locale.ROOT, "x%.2f", run.podHours() / ours.podHours());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
