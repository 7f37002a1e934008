package dev.jtask.simulator;

import dev.jtask.simulator.load.Shape;
import dev.jtask.simulator.scaler.Jtask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `make simulate` was asked, as variables of the environment.
///
/// @param traces a folder of CSV files, scaled to loads of their own; null for none
/// @param record one recorded history, replayed as it was; null for none
/// @param only a regular expression for names of loads
/// @param meanSeconds how long a task of the record takes on average
/// @param shape the pool that meets the record
/// @param page where the HTML goes
record Options(
        long seed,
        @Nullable Path traces,
        @Nullable Path record,
        String only,
        double meanSeconds,
        Shape shape,
        Jtask policy,
        Path page) {

    static Options of(Map<String, String> variables) {
        var usual = Shape.USUAL;
        var defaults = Jtask.DEFAULTS;
        var number = new Numbers(variables);
        return new Options(
                (long) number.of("SEED", 1),
                path(variables, "TRACES").orElse(null),
                path(variables, "RECORD").orElse(null),
                text(variables, "ONLY").orElse(".*"),
                number.of("SECONDS", 1),
                new Shape(
                        (int) number.of("SLOTS", usual.slots()),
                        (int) number.of("MAX", usual.maxReplicas()),
                        number.of("STARTUP", usual.startup()),
                        number.of("DRAIN", usual.drain()),
                        usual.limit()),
                new Jtask(
                        number.of("UTILIZATION", 100 * defaults.utilization()) / 100,
                        Duration.ofSeconds((long)
                                number.of("WINDOW", (double) defaults.window().toSeconds())),
                        Duration.ofSeconds((long) number.of(
                                "OBJECTIVE", (double) defaults.drainTime().toSeconds()))),
                path(variables, "PAGE").orElse(Path.of("target", "simulate.html")));
    }

    private record Numbers(Map<String, String> variables) {

        double of(String name, double otherwise) {
            var given = text(variables, name);
            try {
                return given.map(Double::parseDouble).orElse(otherwise);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "%s is '%s': set it to a number, such as %s=%.0f"
                                .formatted(name, given.orElse(""), name, otherwise),
                        e);
            }
        }
    }

    private static Optional<Path> path(Map<String, String> variables, String name) {
        return text(variables, name).map(Path::of);
    }

    private static Optional<String> text(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
