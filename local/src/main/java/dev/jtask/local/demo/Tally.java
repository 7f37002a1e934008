package dev.jtask.local.demo;

import java.util.Collection;
import java.util.Locale;

/// The end of a demo in numbers, counted from what came back and from what the tasks wrote.
///
/// @param sent tasks that the broker confirmed
/// @param succeeded tasks whose result came back as a success and whose thumbnail is there and right
/// @param failed tasks whose result came back as a failure
/// @param lost tasks of which neither is true
/// @param duplicated tasks that began to write a thumbnail more than once
record Tally(int sent, int succeeded, int failed, int lost, int duplicated) {

    static Tally of(Collection<Evidence> tasks) {
        int succeeded = (int) tasks.stream()
                .filter(task ->
                        task.result() == Evidence.Result.SUCCESS && task.thumbnail() == Evidence.Thumbnail.RIGHT)
                .count();
        int failed = (int) tasks.stream()
                .filter(task -> task.result() == Evidence.Result.FAILURE)
                .count();
        int duplicated = (int) tasks.stream().filter(task -> task.runs() > 1).count();
        return new Tally(tasks.size(), succeeded, failed, tasks.size() - succeeded - failed, duplicated);
    }

    /// What is known of one task at the end.
    ///
    /// @param runs how often it began to write its thumbnail
    record Evidence(Result result, Thumbnail thumbnail, int runs) {

        enum Result {
            SUCCESS,
            FAILURE,
            NONE
        }

        enum Thumbnail {
            RIGHT,
            WRONG_OR_MISSING
        }
    }

    /// The last line of the demo, for scripts.
    String line(int peakReplicas, int finalReplicas, double seconds) {
        return String.format(
                Locale.ROOT,
                "demo: sent=%d succeeded=%d failed=%d lost=%d duplicated=%d peakReplicas=%d finalReplicas=%d seconds=%.1f",
                sent,
                succeeded,
                failed,
                lost,
                duplicated,
                peakReplicas,
                finalReplicas,
                seconds);
    }

    boolean isComplete() {
        return succeeded == sent;
    }
}
