package dev.jtask.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One measure of one scenario over all rounds; the first contestant is the one that the others are compared with.
final class Results {

    private final Measure measure;
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    Results(Measure measure) {
        this.measure = measure;
    }

    /// @param advantage of the first contestant over this one
    record Row(String contestant, double median, double lowest, double highest, double advantage) {}

    Measure measure() {
        return measure;
    }

    void add(String contestant, double value) {
        values.computeIfAbsent(contestant, name -> new ArrayList<>()).add(value);
    }

    List<Row> rows() {
        var ours = values.isEmpty() ? 0 : median(values.values().iterator().next());
        return values.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue(), ours))
                .toList();
    }

    private Row row(String name, List<Double> values, double ours) {
        var sorted = values.stream().sorted().toList();
        var median = median(values);
        return new Row(name, median, sorted.getFirst(), sorted.getLast(), measure.advantage(ours, median));
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
