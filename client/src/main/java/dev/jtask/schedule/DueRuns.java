package dev.jtask.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which times of a schedule are due, and which of them the task is sent for. Pure.
///
/// @param send in order
/// @param skipped how many due times no task is sent for
/// @param settled up to here nothing is left to do
record DueRuns(List<Instant> send, long skipped, Instant settled) {

    /// What comes later than this counts as missed.
    static final Duration PUNCTUAL = Duration.ofSeconds(10);

    /// So many missed times are remembered at most: a second's schedule after a month must not flood the queue.
    static final int MOST = 1_000;

    static DueRuns of(Schedule schedule, Instant last, Instant now) {
        var due = new ArrayDeque<Instant>();
        long count = 0;
        var settled = last;
        for (var next = schedule.timetable().next(settled);
                next.isPresent() && !next.get().isAfter(now);
                next = schedule.timetable().next(settled)) {
            settled = next.get();
            count++;
            due.add(settled);
            if (due.size() > MOST) {
                due.removeFirst();
            }
        }
        var send = schedule.suspended() ? List.<Instant>of() : chosen(schedule, List.copyOf(due), now);
        return new DueRuns(send, count - send.size(), settled);
    }

    /// The first time that the task is sent for, with what was skipped before it; all where it is sent for none.
    DueRuns first() {
        return send.size() < 2 ? this : new DueRuns(send.subList(0, 1), skipped, send.get(0));
    }

    /// The last time that the task is sent for; what it was before where there is none.
    @Nullable
    Instant lastSent(@Nullable Instant before) {
        return send.isEmpty() ? before : send.get(send.size() - 1);
    }

    private static List<Instant> chosen(Schedule schedule, List<Instant> due, Instant now) {
        var deadline = deadline(schedule);
        var inTime = deadline == null
                ? due
                : due.stream()
                        .filter(time -> !time.isBefore(now.minus(deadline)))
                        .toList();
        return switch (schedule.missed()) {
            case SEND_ALL, SKIP -> inTime;
            case SEND_ONCE -> inTime.isEmpty() ? inTime : inTime.subList(inTime.size() - 1, inTime.size());
        };
    }

    private static @Nullable Duration deadline(Schedule schedule) {
        var given = schedule.startingDeadline();
        return given == null && schedule.missed() == MissedRuns.SKIP ? PUNCTUAL : given;
    }
}
