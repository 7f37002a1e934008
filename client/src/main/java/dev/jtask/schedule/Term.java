package dev.jtask.schedule;

import com.rabbitmq.client.ChannelContinuationTimeoutException;
import dev.jtask.broker.Queues;
import dev.jtask.broker.ThisHost;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.task.request.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time during which this scheduler is the one of its name: as long as its connection holds the lock. Everything is
/// sent over that same connection, so that a scheduler that has lost the lock can no longer send.
final class Term {

    private static final Logger LOG = LoggerFactory.getLogger(Term.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    /// What somebody has deleted meanwhile is kept again.
    private static final Duration RENEW = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final String scheduler;
    private final String queue;
    private final List<Course> courses;
    private final String origin;
    private LastRuns lastRuns;
    private Instant noteDue = Instant.MIN;
    private boolean kept = true;

    private Term(Outbox outbox, String scheduler, String queue, List<Course> courses, LastRuns last) {
        this.outbox = outbox;
        this.scheduler = scheduler;
        this.queue = queue;
        this.courses = courses;
        this.lastRuns = last;
        this.origin = "scheduler@" + ThisHost.name();
    }

    /// @param queue where tasks go that name no queue
    static Term begin(Outbox outbox, String scheduler, String queue, List<Course> courses, LastRuns last, Instant now) {
        var term = new Term(outbox, scheduler, queue, courses, last);
        for (var course : courses) {
            var name = course.schedule().name();
            var run = last.of(name).orElse(null);
            course.begin(run, now);
            if (run == null) {
                term.note(term.lastRuns.with(name, course.settled(), null));
            }
        }
        return term;
    }

    /// Sends what is due.
    void pass(Instant now) throws IOException {
        for (var course : courses) {
            if (course.isDue(now)) {
                run(course, now);
            }
        }
        if (!courses.isEmpty() && !noteDue.isAfter(now)) {
            noted(outbox.send(Route.toQueue(queue), List.of(), lastRuns), now);
        }
    }

    /// How far each schedule has come.
    LastRuns lastRuns() {
        return lastRuns;
    }

    private void run(Course course, Instant now) throws IOException {
        var schedule = course.schedule();
        var runs = DueRuns.of(schedule, course.settled(), now);
        var given = schedule.task().options().route();
        var target = given == null ? Route.toQueue(queue) : given;
        try {
            var last = runs.lastSent(course.sent());
            var then = lastRuns.with(schedule.name(), runs.settled(), last);
            boolean noted = outbox.send(
                    target,
                    runs.send().stream()
                            .map(time -> message(schedule, time, now))
                            .toList(),
                    then);
            lastRuns = then;
            course.advance(runs);
            noted(noted, now);
        } catch (IOException | RuntimeException e) {
            if (!outbox.isOpen() || e instanceof ChannelContinuationTimeoutException) {
                throw e;
            }
            // one queue that is full or forbidden must not stop the other schedules
            note(lastRuns);
            var why = "task '%s' is not sent to '%s': %s"
                    .formatted(
                            schedule.task().task(),
                            target.routingKey(),
                            e instanceof IOException cause ? Queues.reason(cause) : e.getMessage());
            course.putOff(now.plus(RETRY), why);
            LOG.warn("schedule '{}': {}; trying again in {} s", schedule.name(), why, RETRY.toSeconds());
        }
    }

    private void note(LastRuns changed) {
        lastRuns = changed;
        noteDue = Instant.MIN;
    }

    private void noted(boolean isKept, Instant now) {
        noteDue = now.plus(isKept ? RENEW : RETRY);
        if (kept && !isKept) {
            LOG.warn(
                    "scheduler '{}': queue '{}' does not keep how far the schedules have come; trying again in {} s",
                    scheduler,
                    lastRuns.queue(),
                    RETRY.toSeconds());
        }
        kept = isKept;
    }

    private WireMessage message(Schedule schedule, Instant time, Instant now) {
        var request = schedule.task()
                .header(Scheduler.NAME_HEADER, schedule.name())
                .header(Scheduler.TIME_HEADER, time.toString());
        var message = request.message(id(schedule, time), now).origin(origin);
        if (request.options().reply() != Reply.IGNORED) {
            // the task's own option decides
            message.ignoreResult(null);
        }
        return TaskCodec.encode(message.build(), now);
    }

    /// The same for the same run, whoever sends it.
    private String id(Schedule schedule, Instant time) {
        return UUID.nameUUIDFromBytes(
                        "%s/%s/%s".formatted(scheduler, schedule.name(), time).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
