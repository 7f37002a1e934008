package dev.jtask.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The measurements of all rounds; the first contestant is the one that the others are compared with.
final class Results {

    private final String unit;
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    Results(String unit) {
        this.unit = unit;
    }

    void add(String contestant, double value) {
        values.computeIfAbsent(contestant, name -> new ArrayList<>()).add(value);
    }

    /// A row for each contestant: median, spread, and how the first one compares.
    String table() {
        var ours = values.isEmpty() ? 0 : median(values.values().iterator().next());
        return values.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), ours))
                .collect(Collectors.joining(
                        "\n", "%-22s %12s %23s %14s%n".formatted("", unit, "lowest … highest", "jtask is"), "\n"));
    }

    private static String row(String name, List<Double> values, double ours) {
        var sorted = values.stream().sorted().toList();
        var median = median(values);
        return "%-22s %,12.0f %23s %13.2fx"
                .formatted(name, median, "%,.0f … %,.0f".formatted(sorted.getFirst(), sorted.getLast()), ours / median);
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
