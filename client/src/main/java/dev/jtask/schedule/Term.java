package dev.jtask.schedule;

import dev.jtask.broker.Queues;
import dev.jtask.broker.ThisHost;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.time.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    private final Silences silences = new Silences();
    private LastRuns lastRuns;
    /// Before the note is sent by itself.
    private Wait notePause = Wait.OVER;
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

    /// Sends one run of each schedule that is due: one that has missed many delays nobody.
    ///
    /// @return whether more is due already
    boolean pass(Instant now) throws IOException {
        boolean more = false;
        for (var course : courses) {
            if (course.startsAnew(now)) {
                // also for those who read the note after this scheduler
                note(lastRuns.with(course.schedule().name(), course.settled(), null));
            }
            if (course.isDue(now) && !advances(course, now)) {
                // it has been waited for: what the others do depends on how late it is
                return true;
            }
            more |= course.isDue(now);
        }
        if (!courses.isEmpty() && notePause.isOver(now)) {
            keep(now);
        }
        return more;
    }

    /// How far each schedule has come.
    LastRuns lastRuns() {
        return lastRuns;
    }

    /// By a run, or else is put off; false where a queue was silent.
    private boolean advances(Course course, Instant now) throws IOException {
        var target = target(course.schedule());
        var silence = silences.at(target, now).orElse(null);
        if (silence != null) {
            putOff(course, silence.reason(), now, silence.pause());
            return true;
        }
        var run = DueRuns.of(course.schedule(), course.settled(), now).first();
        var then = lastRuns.with(course.schedule().name(), run.settled(), run.lastSent(course.sent()));
        if (run.send().isEmpty()) {
            note(then);
            course.advance(run);
            return true;
        }
        boolean isMute = silences.at(place(), now).isPresent();
        try {
            var message = message(course.schedule(), run.send().get(0), now);
            boolean isKept = outbox.send(target, message, isMute ? null : then);
            silences.end(target);
            lastRuns = then;
            course.advance(run);
            if (!isMute) {
                noted(isKept, now, Wait.of(now, isKept ? RENEW : RETRY));
            }
            return true;
        } catch (IOException | RuntimeException e) {
            if (!outbox.isOpen()) {
                throw e;
            }
            return refused(course, e, now);
        }
    }

    /// A queue that is full, forbidden or silent must not stop the other schedules.
    private boolean refused(Course course, Exception failure, Instant now) {
        // the broker may have the new one, though it was for nothing
        note(lastRuns);
        var reason = failure instanceof IOException cause ? Queues.reason(cause) : failure.getMessage();
        if (failure instanceof UnconfirmedException) {
            var silence = silences.add(target(course.schedule()), String.valueOf(reason), now);
            putOff(course, reason, now, silence.pause());
            return false;
        }
        putOff(course, reason, now, Wait.of(now, RETRY));
        return true;
    }

    private void putOff(Course course, @Nullable String reason, Instant now, Wait until) {
        var schedule = course.schedule();
        var why = "task '%s' is not sent to '%s': %s"
                .formatted(schedule.task().task(), target(schedule).routingKey(), reason);
        if (course.putOff(until, why, now)) {
            LOG.warn(
                    "schedule '{}': {}; trying again in {} s",
                    schedule.name(),
                    why,
                    until.left(now).toSeconds());
        }
    }

    /// Where the note is kept.
    private Route place() {
        return Route.toQueue(lastRuns.queue());
    }

    private Route target(Schedule schedule) {
        var given = schedule.task().options().route();
        return given == null ? Route.toQueue(queue) : given;
    }

    private void note(LastRuns changed) {
        lastRuns = changed;
        notePause = Wait.OVER;
    }

    /// Tasks are sent also where the note cannot be kept.
    private void keep(Instant now) throws IOException {
        if (silences.at(place(), now).isPresent()) {
            return;
        }
        try {
            boolean isKept = outbox.keep(lastRuns);
            silences.end(place());
            noted(isKept, now, Wait.of(now, isKept ? RENEW : RETRY));
        } catch (UnconfirmedException e) {
            noted(
                    false,
                    now,
                    silences.add(place(), String.valueOf(e.getMessage()), now).pause());
        }
    }

    private void noted(boolean isKept, Instant now, Wait next) {
        notePause = next;
        if (kept && !isKept) {
            LOG.warn(
                    "scheduler '{}': queue '{}' does not keep how far the schedules have come; trying again in {} s",
                    scheduler,
                    lastRuns.queue(),
                    next.left(now).toSeconds());
        }
        kept = isKept;
    }

    private WireMessage message(Schedule schedule, Instant time, Instant now) {
        var request = schedule.task()
                .header(Scheduler.NAME_HEADER, schedule.name())
                .header(Scheduler.TIME_HEADER, time.toString());
        return TaskCodec.encode(
                request.message(id(schedule, time), now).origin(origin).build(), now);
    }

    /// The same for the same run, whoever sends it.
    private String id(Schedule schedule, Instant time) {
        return UUID.nameUUIDFromBytes(
                        "%s/%s/%s".formatted(scheduler, schedule.name(), time).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
