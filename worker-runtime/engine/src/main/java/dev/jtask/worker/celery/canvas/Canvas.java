package dev.jtask.worker.celery.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.ChordCounter;
import dev.jtask.backend.Joined;
import dev.jtask.protocol.flow.Ends;
import dev.jtask.protocol.flow.Ends.End;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.message.Excerpt;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.Protection;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.settle.Addressee;
import dev.jtask.worker.settle.AfterTask;
import dev.jtask.worker.settle.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What work flows add to a task's ending: its callbacks and the next step of its chain, its part of a chord, and the
/// news for those who wait for what will not run.
public final class Canvas implements AfterTask {

    /// Whether the result backend can count the parts of a chord.
    public enum Chords {
        COUNTED,
        IMPOSSIBLE
    }

    private static final Logger LOG = LoggerFactory.getLogger(Canvas.class);

    private final FollowUps followUps;
    private final Chords chords;

    public Canvas(FollowUps followUps, Chords chords) {
        this.followUps = followUps;
        this.chords = chords;
    }

    @Override
    public Sequel after(Job job, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Done(var _, var _, Unlocked(var group, var body, var joined)) ->
                new Sequel(joined(job, body, group, joined, now), List.of());
            case Outcome.Done(var value, var _, var _) -> done(job, value, now);
            case Outcome.Failed(var error, var _, var _) -> failed(job, TaskState.FAILURE, error, now);
            case Outcome.Refused refused -> failed(job, TaskState.FAILURE, refused.error(), now);
            case Outcome.Revoked(var reason) ->
                unrun(job, TaskState.REVOKED, RemoteError.celery("TaskRevokedError", reason), List.of());
            case Outcome.Retry _, Outcome.Later _, Outcome.Returned _ -> Sequel.NONE;
        };
    }

    @Override
    public List<Effect> joined(Job last, Effect.Count counted, Joined joined, Instant now) {
        return joined(last, Signature.of(counted.body()), counted.part().group(), joined, now);
    }

    private Sequel done(Job job, JsonNode value, Instant now) {
        var plan = followUps.afterSuccess(job.message(), queue(job), value, now);
        return new Sequel(launch(plan), part(job.message(), own(job.message()), TaskState.SUCCESS, value));
    }

    private Sequel failed(Job job, String state, RemoteError error, Instant now) {
        return unrun(job, state, error, launch(followUps.afterFailure(job.message(), queue(job), now)));
    }

    /// Whoever waits for a task that will never run is told why, and so is a chord that counts on it.
    private Sequel unrun(Job job, String state, RemoteError error, List<Effect> errbacks) {
        var task = job.message();
        var ends = Ends.of(task.embed().chain());
        var effects = new ArrayList<Effect>(tell(job, ends, state, error));
        var encoded = encoded(error);
        effects.addAll(part(task, own(task), state, encoded));
        ends.forEach(end -> effects.addAll(part(task, end, state, encoded)));
        effects.addAll(errbacks);
        return new Sequel(List.of(), effects);
    }

    /// Sends the body of a chord whose parts are all there, or tells that it will not run.
    private List<Effect> joined(Job last, Signature body, String group, Joined joined, Instant now) {
        return switch (joined) {
            case Joined.Results(var values) -> {
                var effects = new ArrayList<Effect>();
                try {
                    effects.addAll(launch(followUps.body(last.message(), queue(last), body, values, now)));
                } catch (IllegalArgumentException e) {
                    var error = RemoteError.celery("InvalidTaskError", "the body cannot be read: " + e.getMessage());
                    effects.addAll(broken(last, body, group, error, now));
                }
                effects.add(new Effect.Forget(group));
                yield effects;
            }
            case Joined.Failed(var failed, var encoded) -> {
                var cause = ResultMessage.of(failed, TaskState.FAILURE, encoded).error();
                yield broken(
                        last,
                        body,
                        group,
                        RemoteError.celery("ChordError", "Dependency %s raised %s".formatted(failed, cause.display())),
                        now);
            }
        };
    }

    /// The body will not run, nor what was to follow it; a chord that waits for it is told too.
    private List<Effect> broken(Job last, Signature body, String group, RemoteError error, Instant now) {
        var ends = Ends.of(body);
        var id = body.id() == null ? group : body.id();
        var effects = new ArrayList<Effect>(tell(last, ends, TaskState.FAILURE, error));
        ends.forEach(end -> effects.addAll(part(last.message(), end, TaskState.FAILURE, encoded(error))));
        try {
            effects.addAll(launch(
                    followUps.errors(last.message(), queue(last), body.options().path("link_error"), id, now)));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "the error callbacks of chord {} cannot be read: {}",
                    group,
                    Excerpt.of(String.valueOf(e.getMessage())));
        }
        return effects;
    }

    private static List<Effect> tell(Job cause, List<End> ends, String state, RemoteError error) {
        var effects = new ArrayList<Effect>();
        for (var end : ends) {
            var id = end.id();
            if (id != null) {
                var replyTo = end.replyTo() == null ? cause.message().replyTo() : end.replyTo();
                var to = new Addressee(
                        id,
                        replyTo,
                        id,
                        end.group(),
                        cause.message().id(),
                        Protection.of(cause.message().customHeaders()),
                        null);
                effects.add(new Effect.Tell(to, ResultMessage.error(id, state, error, null)));
            }
        }
        return effects;
    }

    private List<Effect> part(TaskMessage cause, End end, String state, JsonNode result) {
        var group = end.group();
        if (!end.chord().isObject() || group == null || chords == Chords.IMPOSSIBLE) {
            return List.of();
        }
        var id = end.id() == null ? cause.id() : end.id();
        // a body that wants to know of every end gets each as a result, so that all count alike
        var part = wantsEnds(end.chord())
                ? new ChordCounter.Part(group, end.groupIndex(), id, TaskState.SUCCESS, ended(id, state, result))
                : new ChordCounter.Part(group, end.groupIndex(), id, state, result);
        return List.of(new Effect.Count(part, end.chord(), Protection.of(cause.customHeaders())));
    }

    private static boolean wantsEnds(JsonNode body) {
        return body.path("options").path("headers").path(JtaskHeaders.ENDS).asBoolean();
    }

    /// As a [dev.jtask.task.TaskEnd].
    private static JsonNode ended(String id, String state, JsonNode result) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("state", state)
                .set("result", result);
    }

    private static End own(TaskMessage task) {
        return new End(task.id(), null, task.embed().chord(), task.group(), task.groupIndex());
    }

    private static List<Effect> launch(Plan plan) {
        var effects = new ArrayList<Effect>();
        plan.chords().forEach(chord -> effects.add(new Effect.Begin(chord)));
        if (!plan.messages().isEmpty()) {
            effects.add(new Effect.Send(plan.messages()));
        }
        return effects;
    }

    private static JsonNode encoded(RemoteError error) {
        return ResultMessage.error("", TaskState.FAILURE, error, null).result();
    }

    private static String queue(Job job) {
        return job.delivery().queue();
    }
}
