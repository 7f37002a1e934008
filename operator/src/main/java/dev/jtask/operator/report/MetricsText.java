package dev.jtask.operator.report;

import dev.jtask.autoscaler.WorkerReport;
import dev.jtask.autoscaler.WorkerReport.Runs;
import dev.jtask.autoscaler.WorkerReport.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A worker's metrics in Prometheus' text format, as far as they say how busy it is.
final class MetricsText {

    private static final Pattern LINE =
            Pattern.compile("(?m)^jtask_worker_(busy_slots|oldest_task_seconds|busy_seconds_total|runs_ended_total"
                    + "|tasks_seconds_count|redeliveries_total)"
                    + "(?:\\{([^\\n]*)})? ([0-9.eE+]+)$");
    /// What has neither succeeded nor failed, such as a task that was postponed, says nothing of how runs go.
    private static final Pattern OUTCOME =
            Pattern.compile("(?:^|,)outcome=\"(?:(succeeded)|(failed|retried|rejected))\"");

    /// Possessive: without it each character of a label is a level of the matcher's stack.
    private static final Pattern QUEUE = Pattern.compile("(?:^|,)queue=\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private MetricsText() {}

    /// @return empty when it does not say how many tasks run
    /// @throws NumberFormatException when a figure is none
    static Optional<WorkerReport> read(String text) {
        var found = LINE.matcher(text);
        Optional<Integer> busy = Optional.empty();
        double oldest = 0;
        Map<String, Work> work = new HashMap<>();
        var runs = Runs.NONE;
        while (found.find()) {
            double value = figure(found.group(3));
            var queue = queue(found.group(2));
            switch (found.group(1)) {
                case "busy_slots" -> busy = Optional.of((int) value);
                case "oldest_task_seconds" -> oldest = value;
                case "tasks_seconds_count" -> runs = runs.plus(outcome(found.group(2), value));
                case "redeliveries_total" -> runs = runs.plus(new Runs(0, 0, value));
                case "busy_seconds_total" -> work.merge(queue, new Work(value, 0), Work::plus);
                case "runs_ended_total" -> work.merge(queue, new Work(0, value), Work::plus);
                default -> throw new IllegalStateException(found.group(1));
            }
        }
        double longest = oldest;
        var ended = runs;
        return busy.map(slots -> new WorkerReport(slots, longest, work, ended));
    }

    /// @throws NumberFormatException when it is none, or one that nobody can have counted
    private static double figure(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException("no figure: " + text);
        }
        return value;
    }

    private static Runs outcome(@Nullable String labels, double count) {
        var found = OUTCOME.matcher(labels == null ? "" : labels);
        return found.find() ? new Runs(count, found.group(2) == null ? 0 : count, 0) : Runs.NONE;
    }

    private static String queue(@Nullable String labels) {
        var found = QUEUE.matcher(labels == null ? "" : labels);
        return found.find()
                ? found.group(1).replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\")
                : "";
    }
}
