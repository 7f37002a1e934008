package dev.jtask.worker.settle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that follows of one outcome: effects, carried out in this order and each confirmed before the next, and then
/// what the broker is told of the delivery. The place where it is decided that no task is lost, and pure.
///
/// A crash between two effects means that the message comes again: an effect twice, never none.
///
/// @param then after the last effect; a crash before it leaves the delivery to another worker
public record Ending(List<Effect> effects, Disposition then) {

    private static final Disposition ACK = new Disposition.Ack();
    private static final String COMPRESSION = "compression";

    public Ending {
        effects = List.copyOf(effects);
    }

    /// @param canvas what else follows the task
    public static Ending of(Job job, Outcome outcome, AfterTask canvas, Instant now) {
        return switch (outcome) {
            case Outcome.Done done -> done(job, done, canvas.after(job, outcome, now));
            case Outcome.Failed(var error, var traceback, var _) ->
                told(job, TaskState.FAILURE, error, traceback, canvas.after(job, outcome, now), ACK);
            case Outcome.Retry(var delay, var cause, var traceback) ->
                new Ending(
                        // told first: the next attempt may have ended before its confirm is here, and its end stays
                        plus(
                                tell(job, ResultMessage.error(job.message().id(), TaskState.RETRY, cause, traceback)),
                                List.of(new Effect.Send(List.of(again(job, delay, now))))),
                        ACK);
            case Outcome.Later(var delay, Outcome.InTheBroker()) -> later(job, delay);
            case Outcome.Later(var delay, Outcome.BehindOthers(var times)) ->
                new Ending(List.of(new Effect.Resend(delay, times, job.waits())), ACK);
            case Outcome.Later(var delay, Outcome.Unanswered(var times)) ->
                new Ending(List.of(new Effect.Resend(delay, times, job.waits())), ACK);
            case Outcome.Later(var delay, Outcome.ForSignal awaited) -> parked(job, delay, awaited);
            case Outcome.Later(var delay, Outcome.Here(var turn)) ->
                new Ending(List.of(), new Disposition.Hold(delay, turn));
            case Outcome.Revoked(var reason) ->
                told(
                        job,
                        TaskState.REVOKED,
                        RemoteError.celery("TaskRevokedError", reason),
                        null,
                        canvas.after(job, outcome, now),
                        ACK);
            case Outcome.Refused refused -> {
                var told = told(job, TaskState.FAILURE, refused.error(), null, canvas.after(job, outcome, now), ACK)
                        .effects();
                var letter = List.of(letter(job, refused));
                // without a letter what could still run comes again, and nobody shall hear of each time
                yield new Ending(isOver(job, refused) ? plus(told, letter) : plus(letter, told), ACK);
            }
            case Outcome.Returned(var why) ->
                switch (why) {
                    case WISH -> new Ending(List.of(), new Disposition.Requeue());
                    // as a new message, for the broker would count the return as if the task had failed
                    case DRAIN -> new Ending(List.of(new Effect.Resend(Duration.ZERO, job.waits())), ACK);
                };
        };
    }

    /// Of a message that is no task: it is put to the dead letters, and answered where it says to whom.
    public static Ending of(Malformed message) {
        var error = RemoteError.celery("InvalidTaskError", message.reason());
        var id = message.id() == null ? message.correlationId() : message.id();
        var letter = new Effect.DeadLetter(message.reason(), 1, null, Effect.Shown.NOT_READ);
        if (id == null || id.isEmpty()) {
            return new Ending(List.of(letter), ACK);
        }
        var replyTo = message.replyTo() == null ? "" : message.replyTo();
        var correlationId = message.correlationId() == null ? id : message.correlationId();
        return new Ending(
                List.of(
                        letter,
                        new Effect.Tell(
                                new Addressee(id, replyTo, correlationId, null, null),
                                ResultMessage.error(id, TaskState.FAILURE, error, null))),
                ACK);
    }

    /// Of a job that cannot end as it did, since the broker will never take one of the effects. The task has run, and
    /// does not run again for that.
    public static Ending unsendable(Job job, String why, AfterTask canvas, Instant now) {
        var failed = new Outcome.Failed(refusal(why), null, Outcome.Failed.Kind.UNEXPECTED);
        return without(job, why, of(job, failed, canvas, now).effects());
    }

    /// Of a job whose end stands, though the broker will never take one of the effects. Whoever looks for it finds the
    /// dead letter.
    ///
    /// @param rest what is done all the same
    public static Ending without(Job job, String why, List<Effect> rest) {
        if (rest.stream().anyMatch(Effect.DeadLetter.class::isInstance)) {
            return new Ending(rest, ACK);
        }
        var others = new ArrayList<Effect>();
        String thrown = null;
        for (var effect : rest) {
            // one copy is enough, and this one says more
            if (effect instanceof Effect.KeepFailed(var letter)) {
                thrown = letter.exception();
            } else {
                others.add(effect);
            }
        }
        others.add(new Effect.DeadLetter(why, job.message().retries() + 1, thrown, shown(job)));
        return new Ending(others, ACK);
    }

    /// The message of a task that failed for good, for the failed ones of its queue.
    static Effect kept(Job job, Outcome.Failed failed) {
        var thrown = job.shown(failed) instanceof Outcome.Failed shown
                ? shown.error().display()
                : failed.error().type();
        return new Effect.KeepFailed(
                new Effect.DeadLetter("the task failed", job.message().retries() + 1, thrown, shown(job)));
    }

    /// Whether its message never comes to a slot again, and waits until its letter is taken: its task was called, or it
    /// has ended its workers. Of one that does not fit nothing was called, unless its message is gone already.
    static boolean isOver(Job job, Outcome.Refused refused) {
        return refused.deliveries() > 0
                || job.hasRunForGood()
                || switch (refused.kind()) {
                    case UNFIT -> false;
                    case WISH -> job.hasRun();
                };
    }

    private static Effect letter(Job job, Outcome.Refused refused) {
        return job.shown(refused) instanceof Outcome.Refused shown
                ? new Effect.DeadLetter(shown.reason(), attempts(job, refused), thrown(shown), shown(job))
                : new Effect.DeadLetter(refused.word(), attempts(job, refused), null, shown(job));
    }

    /// Null where nothing is to be hidden.
    private static Effect.@Nullable Shown shown(Job job) {
        var shown = job.shownMessage();
        var args = shown.argsRepr();
        if (shown.equals(job.message()) && !Malformed.NOT_READ.equals(args)) {
            return null;
        }
        var kwargs = shown.kwargsRepr();
        return new Effect.Shown(
                args == null ? PyRepr.tuple(shown.args()) : args, kwargs == null ? PyRepr.of(shown.kwargs()) : kwargs);
    }

    /// Null where the task itself wished it, for nothing was wrong then.
    private static @Nullable String thrown(Outcome.Refused refused) {
        return switch (refused.kind()) {
            case UNFIT -> refused.error().display();
            case WISH -> null;
        };
    }

    /// What those are told who wait for what the broker does not take.
    static RemoteError refusal(String why) {
        return RemoteError.celery("OperationalError", why);
    }

    private static int attempts(Job job, Outcome.Refused refused) {
        return refused.deliveries() > 0 ? refused.deliveries() : job.message().retries() + 1;
    }

    private static Ending later(Job job, Duration delay) {
        // less than the broker's smallest delay is waited for here
        return delay.toSeconds() < 1
                ? new Ending(List.of(), new Disposition.Hold(delay, null))
                : new Ending(List.of(new Effect.Resend(delay, job.waits())), ACK);
    }

    /// What is told of it comes first: it may run on elsewhere as soon as it waits.
    private static Ending parked(Job job, Duration delay, Outcome.ForSignal awaited) {
        var id = job.message().id();
        var told = ResultMessage.waiting(id, awaited.signal(), awaited.end());
        var park = new Effect.Park(new SignalPlace(id, awaited.signal()), delay, job.waits());
        return new Ending(plus(tell(job, told), List.of(park)), ACK);
    }

    private static Ending done(Job job, Outcome.Done done, AfterTask.Sequel sequel) {
        var children = new ArrayList<>(job.children());
        sequel.before().forEach(effect -> children.addAll(ids(effect)));
        var told = done.telling() == Outcome.Telling.RESULT
                ? tell(
                        job,
                        new ResultMessage(job.message().id(), TaskState.SUCCESS, done.value(), null, tuples(children))
                                .after(job.lastPiece()))
                : List.<Effect>of();
        // what follows comes before the result, so that the result can name it
        return new Ending(plus(plus(sequel.before(), told), sequel.after()), ACK);
    }

    private static Ending told(
            Job job,
            String state,
            RemoteError error,
            @Nullable String traceback,
            AfterTask.Sequel sequel,
            Disposition then) {
        var told = tell(job, ResultMessage.error(job.message().id(), state, error, traceback));
        return new Ending(plus(plus(sequel.before(), told), sequel.after()), then);
    }

    private static List<Effect> tell(Job job, ResultMessage result) {
        return job.isResultWanted() ? List.of(new Effect.Tell(Addressee.of(job), result)) : List.of();
    }

    /// The task's next attempt, as a message of its own that travels as this one did: what came compressed may be too
    /// large for the broker otherwise.
    private static Routed again(Job job, Duration delay, Instant now) {
        var task = job.message();
        var parent = task.parentId();
        Map<String, @Nullable Object> headers = new LinkedHashMap<>(task.customHeaders());
        // a retry is no return, and comes as a new one to its limits and waits: all start anew
        headers.remove(JtaskHeaders.REDELIVERIES);
        headers.remove(JtaskHeaders.PUT_OFF);
        headers.remove(JtaskHeaders.SIGNALS);
        var properties = job.delivery().message().properties();
        var compression = properties.headers().get(COMPRESSION);
        if (compression != null) {
            headers.put(COMPRESSION, compression);
        }
        TaskMessage retry = task.toBuilder()
                .retries(Math.min(task.retries(), Integer.MAX_VALUE - 1) + 1)
                .eta(delay.isZero() ? null : now.plus(delay))
                .parentId(parent == null ? task.id() : parent)
                .customHeaders(headers)
                .others(properties.others().withoutUser())
                .build();
        return new Routed(Route.toQueue(job.delivery().queue()), retry);
    }

    private static List<String> ids(Effect effect) {
        return effect instanceof Effect.Send(var tasks)
                ? tasks.stream().map(task -> task.message().id()).toList()
                : List.of();
    }

    /// Celery's result tuples: `[[id, parent], children]`.
    private static ArrayNode tuples(List<String> ids) {
        var tuples = JsonNodeFactory.instance.arrayNode();
        for (var id : ids) {
            var tuple = tuples.addArray();
            tuple.addArray().add(id).addNull();
            tuple.addNull();
        }
        return tuples;
    }

    private static List<Effect> plus(List<Effect> first, List<Effect> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
