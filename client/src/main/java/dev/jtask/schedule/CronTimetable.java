package dev.jtask.schedule;

import dev.jtask.protocol.cron.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// Five fields as Unix cron reads them: minute, hour, day of month, month, day of week (0 and 7 are Sunday). A field is
/// `*`, a value, a range, a list of these, each with `/step`; months and weekdays have names. Or `@hourly`, `@daily`
/// or `@midnight`, `@weekly`, `@monthly`, `@yearly` or `@annually`.
///
/// Where both days are given either one suffices, unless one of them begins with `*`; in Celery's crontab both must
/// match. When the clock is put forward, a time that it leaves out runs as soon as it has been; when it is put back, a
/// time that comes twice runs the first time. Where the hour begins with `*` the schedule follows the hours that there
/// are.
public final class CronTimetable implements Timetable {

    private final CronExpression expression;

    /// @param zone whose wall clock counts
    /// @throws IllegalArgumentException when the expression is not one, or names a day that never comes
    public CronTimetable(String expression, ZoneId zone) {
        this.expression = new CronExpression(expression, zone);
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return expression.next(after);
    }
}
