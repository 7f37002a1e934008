package dev.jtask.simulator.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Loads from recorded histories, scaled to a rate that a pool of some pods can serve.
public final class Traces {

    private static final double MEAN_RATE = 2;
    private static final double MEAN_SECONDS = 1.5;
    private static final double LONGEST = 86_400;
    private static final int SLICES = 2;

    private Traces() {}

    /// Every CSV in a folder; a seed chooses which days of a long one.
    public static List<Load> of(Path folder, long seed) throws IOException {
        var loads = new ArrayList<Load>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                loads.addAll(load(Csv.read(file), new SplittableRandom(seed)));
            }
        }
        return loads;
    }

    /// A history as it was, unscaled.
    public static Load recorded(Path file, double meanSeconds, Shape shape, long seed) throws IOException {
        var csv = Csv.read(file);
        var arrivals = new Arrivals(new SplittableRandom(seed));
        var service = Service.exponential(meanSeconds);
        double end = csv.last() + csv.width();
        if (csv.isBinned()) {
            arrivals.rate(0, end, second -> csv.ratePerSecond(second), service);
        } else {
            csv.times().forEach(time -> arrivals.tasks.add(time, service.draw(arrivals.random())));
        }
        return new Load(csv.name(), arrivals.tasks.sorted(), end + 600, 1, shape, List.of());
    }

    private static List<Load> load(Csv csv, SplittableRandom random) {
        if (!csv.isBinned()) {
            return List.of(requests(csv, random));
        }
        double length = csv.last() + csv.width();
        if (length <= LONGEST) {
            return List.of(slice(csv, 0, length, csv.name(), random));
        }
        var slices = new ArrayList<Load>();
        for (int i = 0; i < SLICES; i++) {
            double from = random.nextDouble(length - LONGEST);
            slices.add(slice(csv, from, LONGEST, csv.name() + "-" + (i + 1), random));
        }
        return slices;
    }

    private static Load slice(Csv csv, double from, double length, String name, SplittableRandom random) {
        double sum = 0;
        for (double second = 0; second < length; second++) {
            sum += csv.ratePerSecond(from + second);
        }
        double factor = MEAN_RATE * length / Math.max(1, sum);
        var arrivals = new Arrivals(random)
                .rate(
                        0,
                        length,
                        second -> factor * csv.ratePerSecond(from + second),
                        Service.logNormal(MEAN_SECONDS, 1));
        return new Load(name, arrivals.tasks.sorted(), length + 600, 1, Shape.USUAL, List.of());
    }

    /// One row a task: what the columns say of its size becomes its time, the last column weighing most, as a
    /// token that is made costs more than one that is read.
    private static Load requests(Csv csv, SplittableRandom random) {
        var tasks = new TaskList();
        var sizes = csv.values().stream().map(Traces::size).toList();
        double mean = sizes.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        for (int i = 0; i < sizes.size() && csv.times().get(i) < LONGEST; i++) {
            double seconds = mean > 0 ? sizes.get(i) / mean : random.nextExponential();
            tasks.add(csv.times().get(i), seconds * MEAN_SECONDS);
        }
        return new Load(csv.name(), tasks.sorted(), Math.min(LONGEST, csv.last()) + 600, 1, Shape.USUAL, List.of());
    }

    private static double size(List<Double> columns) {
        double size = 0;
        for (int i = 0; i < columns.size(); i++) {
            size += columns.get(i) * (i == columns.size() - 1 ? 1 : 0.01);
        }
        return size;
    }
}
