package dev.jtask.simulator.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A recorded history: a moment in the first column, numbers after it. Either one row for a stretch of time with what
/// arrived in it, or one row for each task.
///
/// @param times seconds since the first row
/// @param values the other columns, row by row
/// @param width the usual time between two rows
record Csv(String name, List<Double> times, List<List<Double>> values, double width) {

    static Csv read(Path file) throws IOException {
        var times = new ArrayList<Double>();
        var values = new ArrayList<List<Double>>();
        var lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            var fields = List.of(lines.get(i).split(",", -1));
            if (lines.get(i).isBlank() || (i == 0 && !isMoment(fields.getFirst()))) {
                continue;
            }
            try {
                times.add(moment(fields.getFirst().strip()));
                values.add(fields.stream().skip(1).map(Double::valueOf).toList());
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new IOException(
                        "%s, line %d is not 'moment,number…' with a moment in seconds or as 2026-01-31 12:00:00: %s"
                                .formatted(file, i + 1, lines.get(i)),
                        e);
            }
        }
        if (times.size() < 2) {
            throw new IOException("%s needs two rows or more, as 'second,arrivals'".formatted(file));
        }
        double first = times.getFirst();
        var name = String.valueOf(file.getFileName()).replaceAll("[.]csv$", "");
        var relative = times.stream().map(time -> time - first).toList();
        var gaps = gaps(relative);
        Arrays.sort(gaps);
        return new Csv(name, relative, List.copyOf(values), gaps[gaps.length / 2]);
    }

    /// Whether rows stand for equal stretches of time, and not for tasks.
    boolean isBinned() {
        long equal = Arrays.stream(gaps(times))
                .filter(gap -> Math.abs(gap - width) < 0.01)
                .count();
        return !values.getFirst().isEmpty() && width >= 1 && equal > 0.9 * (times.size() - 1);
    }

    double last() {
        return times.getLast();
    }

    /// Arrivals per second in the stretch that a moment lies in.
    double ratePerSecond(double second) {
        int row = Math.min(times.size() - 1, (int) (second / width));
        return Math.max(0, values.get(row).getFirst()) / width;
    }

    private static double[] gaps(List<Double> times) {
        var gaps = new double[times.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times.get(i + 1) - times.get(i);
        }
        return gaps;
    }

    private static boolean isMoment(String field) {
        return !field.isEmpty() && Character.isDigit(field.charAt(0));
    }

    private static double moment(String field) {
        if (field.indexOf('-') < 0) {
            return Double.parseDouble(field);
        }
        var time = LocalDateTime.parse(field.replace(' ', 'T').replaceAll("(Z|[+]00:?00)$", ""));
        var instant = time.toInstant(ZoneOffset.UTC);
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
