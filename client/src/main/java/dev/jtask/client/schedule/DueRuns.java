package dev.jtask.client.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which times of a schedule are due, and which of them the task is sent for. Pure.
///
/// @param send in order
/// @param last up to here everything is settled, whether it was sent or skipped
record DueRuns(List<Instant> send, Instant last) {

    /// What comes later than this counts as missed.
    static final Duration PUNCTUAL = Duration.ofSeconds(10);

    /// So many missed times are remembered at most: a second's schedule after a month must not flood the queue.
    static final int MOST = 1_000;

    static DueRuns of(Schedule schedule, Instant last, Instant now) {
        var due = new ArrayList<Instant>();
        var settled = last;
        for (var next = schedule.timetable().next(settled);
                next.isPresent() && !next.get().isAfter(now);
                next = schedule.timetable().next(settled)) {
            settled = next.get();
            due.add(settled);
            if (due.size() > MOST) {
                due.removeFirst();
            }
        }
        var limit = now.minus(PUNCTUAL);
        return new DueRuns(
                switch (schedule.missed()) {
                    case SEND_ALL -> List.copyOf(due);
                    case SEND_ONCE -> due.isEmpty() ? List.of() : List.of(due.getLast());
                    case SKIP ->
                        due.stream().filter(time -> !time.isBefore(limit)).toList();
                },
                settled);
    }
}
