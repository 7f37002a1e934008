package dev.jtask.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a scheduler has done for one schedule.
///
/// @param lastRun the last time that a task was sent for, by whichever scheduler; null before the first, and while
/// another scheduler is at work
/// @param nextRun null when there is none, and while another scheduler is at work
/// @param sent tasks since this scheduler started
/// @param skipped due times since then that no task was sent for
/// @param failed attempts to send since then that failed and are made again
/// @param failure why the last attempt failed; null after one that did not
public record ScheduleProgress(
        String name,
        @Nullable Instant lastRun,
        @Nullable Instant nextRun,
        long sent,
        long skipped,
        long failed,
        @Nullable String failure) {

    static ScheduleProgress none(String name) {
        return new ScheduleProgress(name, null, null, 0, 0, 0, null);
    }

    ScheduleProgress between(@Nullable Instant last, @Nullable Instant next) {
        return new ScheduleProgress(name, last, next, sent, skipped, failed, failure);
    }

    ScheduleProgress ran(DueRuns runs) {
        return new ScheduleProgress(
                name, lastRun, nextRun, sent + runs.send().size(), skipped + runs.skipped(), failed, null);
    }

    ScheduleProgress failed(String why) {
        return new ScheduleProgress(name, lastRun, nextRun, sent, skipped, failed + 1, why);
    }
}
