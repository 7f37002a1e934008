package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A worker's metrics in Prometheus' text format, as far as they say how busy it is, and with what of some queues: a
/// worker may name any number of others.
final class MetricsText {

    /// Nobody can have counted more, and sums of so much are still figures.
    private static final double LARGEST = 1e15;

    private static final String OURS = "jtask_worker_";
    private static final Pattern LINE =
            Pattern.compile(OURS + "(busy_slots|oldest_task_seconds|busy_seconds_total|runs_ended_total"
                    + "|tasks_seconds_count|redeliveries_total)"
                    + "(?:\\{(.*)})? ([0-9.eE+]+)");
    /// What has neither succeeded nor failed, such as a task that was postponed, says nothing of how runs go.
    private static final Pattern OUTCOME =
            Pattern.compile("(?:^|,)outcome=\"(?:(succeeded)|(failed|retried|rejected))\"");

    /// Possessive: without it each character of a label is a level of the matcher's stack.
    private static final Pattern QUEUE = Pattern.compile("(?:^|,)queue=\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private final Set<String> queues;
    private OptionalInt busy = OptionalInt.empty();
    private double oldest;
    private final Map<String, Work> work = new HashMap<>();
    private Runs runs = Runs.NONE;

    private MetricsText(Set<String> queues) {
        this.queues = queues;
    }

    /// @param queues of which totals are wanted
    /// @return empty when it does not say how many tasks run
    /// @throws NumberFormatException when a figure is none
    static Optional<WorkerReport> read(InputStream text, Set<String> queues) throws IOException {
        var lines = new ShortLines(text);
        var read = new MetricsText(queues);
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            read.line(line.get());
        }
        return read.busy.isPresent()
                ? Optional.of(new WorkerReport(read.busy.getAsInt(), read.oldest, read.work, read.runs))
                : Optional.empty();
    }

    private void line(String line) {
        var found = LINE.matcher(line);
        if (line.startsWith(OURS) && found.matches()) {
            take(found, figure(found.group(3)));
        }
    }

    private void take(Matcher found, double value) {
        switch (found.group(1)) {
            case "busy_slots" -> busy = OptionalInt.of((int) value);
            case "oldest_task_seconds" -> oldest = value;
            case "tasks_seconds_count" -> runs = runs.plus(outcome(found.group(2), value));
            case "redeliveries_total" -> runs = runs.plus(new Runs(0, 0, value));
            case "busy_seconds_total" -> add(queue(found.group(2)), new Work(value, 0));
            case "runs_ended_total" -> add(queue(found.group(2)), new Work(0, value));
            default -> throw new IllegalStateException(found.group(1));
        }
    }

    private void add(String queue, Work done) {
        if (queues.contains(queue)) {
            work.merge(queue, done, Work::plus);
        }
    }

    /// @throws NumberFormatException when it is none, or one that nobody can have counted
    private static double figure(String text) {
        double value = Double.parseDouble(text);
        if (!(value <= LARGEST)) {
            throw new NumberFormatException("no figure: " + text);
        }
        return value;
    }

    private static Runs outcome(@Nullable String labels, double count) {
        var found = OUTCOME.matcher(labels == null ? "" : labels);
        return found.find() ? new Runs(count, found.group(2) == null ? 0 : count, 0) : Runs.NONE;
    }

    /// All in one pass: the backslash that one ends with begins no other.
    private static String meant(MatchResult escaped) {
        var character = escaped.group(1);
        return Matcher.quoteReplacement(character.equals("n") ? "\n" : character);
    }

    private static String queue(@Nullable String labels) {
        var found = QUEUE.matcher(labels == null ? "" : labels);
        return found.find() ? ESCAPED.matcher(found.group(1)).replaceAll(MetricsText::meant) : "";
    }
}
