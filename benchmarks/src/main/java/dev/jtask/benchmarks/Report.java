package dev.jtask.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The figures of all scenarios, as they come.
final class Report {

    private final Map<String, Map<Measure, Results>> scenarios = new LinkedHashMap<>();

    void add(String scenario, Measure measure, String contestant, double value) {
        scenarios
                .computeIfAbsent(scenario, title -> new TreeMap<>())
                .computeIfAbsent(measure, Results::new)
                .add(contestant, value);
        System.out.printf("%-40s %-22s %,12.1f %s%n", scenario, contestant, value, measure.unit());
    }

    /// By title, in the order in which they were run; the first measure is the one that a scenario is about.
    Map<String, Map<Measure, Results>> scenarios() {
        return scenarios;
    }
}
