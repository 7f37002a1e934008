package dev.jtask.client.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// Five fields as Unix cron reads them: minute, hour, day of month, month, day of week (0 and 7 are Sunday, names are
/// allowed). Where both days are given either one suffices, as in cron; in Celery's crontab both must match.
///
public final class CronTimetable implements Timetable {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    /// @param zone whose wall clock counts
    /// @throws IllegalArgumentException when the expression is not one
    public CronTimetable(String expression, ZoneId zone) {
        this.times = execution(expression);
        this.zone = zone;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    private static ExecutionTime execution(String expression) {
        try {
            return ExecutionTime.forCron(PARSER.parse(expression).validate());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no cron expression of five fields (minute hour day month weekday): %s"
                            .formatted(expression, e.getMessage()),
                    e);
        }
    }
}
