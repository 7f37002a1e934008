package dev.jtask.schedule;

import dev.jtask.protocol.time.Wait;
import dev.jtask.schedule.LastRuns.Run;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far one schedule has come, and when it is due. Belongs to the scheduler's thread; others read its progress.
final class Course {

    /// Clocks of two machines may differ by less than this.
    static final Duration SKEW = Duration.ofMinutes(10);

    /// Between two lines of the log about one failure.
    private static final Duration QUIET = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Course.class);

    private final Schedule schedule;
    private Instant settled = Instant.MIN;
    private @Nullable Instant sent;
    private @Nullable Instant next;
    private Wait pause = Wait.OVER;
    private Wait quiet = Wait.OVER;
    private volatile ScheduleProgress progress;

    Course(Schedule schedule) {
        this.schedule = schedule;
        this.progress = ScheduleProgress.none(schedule.name());
    }

    Schedule schedule() {
        return schedule;
    }

    Instant settled() {
        return settled;
    }

    @Nullable
    Instant sent() {
        return sent;
    }

    /// Null when nothing is to come.
    @Nullable
    Instant next() {
        return next;
    }

    ScheduleProgress progress() {
        return progress;
    }

    /// This scheduler is at work now.
    ///
    /// @param run null when the schedule is new
    void begin(@Nullable Run run, Instant now) {
        pause = Wait.OVER;
        move(run == null ? schedule.timetable().start(now) : run.settledTime(), run == null ? null : run.sentTime());
    }

    /// Another one may be.
    void end() {
        progress = progress.between(null, null);
    }

    /// Forgets a last run in the future.
    ///
    /// @return whether there was one
    boolean startsAnew(Instant now) {
        if (!settled.isAfter(now.plus(SKEW))) {
            return false;
        }
        LOG.warn(
                "schedule '{}' has its last run at {}, in the future: a clock was wrong; counting from now",
                schedule.name(),
                settled);
        move(now, null);
        return true;
    }

    boolean isDue(Instant now) {
        return next != null && !next.isAfter(now) && pause.isOver(now);
    }

    void advance(DueRuns runs) {
        progress = progress.ran(runs);
        pause = Wait.OVER;
        move(runs.settled(), runs.lastSent(sent));
    }

    /// @return whether that has not been told lately
    boolean putOff(Wait until, String why, Instant now) {
        boolean isNews = !why.equals(progress.failure()) || quiet.isOver(now);
        if (isNews) {
            quiet = Wait.of(now, QUIET);
        }
        pause = until;
        progress = progress.failed(why);
        return isNews;
    }

    private void move(Instant to, @Nullable Instant last) {
        settled = to;
        sent = last;
        next = schedule.timetable().next(to).orElse(null);
        progress = progress.between(sent, schedule.suspended() ? null : next);
    }
}
