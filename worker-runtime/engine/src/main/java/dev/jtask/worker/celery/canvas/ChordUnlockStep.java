package dev.jtask.worker.celery.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.Joined;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.backend.StoredResults;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.message.Embed;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Celery's `celery.chord_unlock`, by which clients join chords whose result backend does not count: it looks whether
/// all results of the header are there, and comes again later when they are not.
public final class ChordUnlockStep implements Interceptor {

    /// The task's name.
    public static final String NAME = "celery.chord_unlock";

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final double LONGEST_SECONDS = 86_400;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable StoredResults results;

    /// @param results null where they cannot be read
    public ChordUnlockStep(@Nullable StoredResults results) {
        this.results = results;
    }

    @Override
    public Outcome around(Job job, Next next) {
        var message = job.message();
        if (!message.task().equals(NAME)) {
            return next.proceed(job);
        }
        if (results == null) {
            return refused(
                    "NotImplementedError",
                    "a chord is joined by its results, which this worker reads from Redis only; set JTASK_RESULT_BACKEND to"
                            + " the clients' redis://…, or let Python workers alone serve the queue of " + NAME);
        }
        if (!message.args().path(1).isObject()
                || !message.kwargs().path("result").isArray()) {
            return refused("TypeError", NAME + " needs a group's id, a body and the keyword argument result");
        }
        try {
            var body = Signature.of(Embed.body(message.args().get(1)));
            return unlock(message, body, results);
        } catch (IllegalArgumentException e) {
            return refused("InvalidTaskError", String.valueOf(e.getMessage()));
        }
    }

    private static Outcome unlock(TaskMessage message, Signature body, StoredResults results) {
        try {
            return joined(message, body, results);
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof StoreRefusedException why) {
                return broken(message, body, why);
            }
            return new Outcome.Later(PATIENCE, new Outcome.InTheBroker());
        }
    }

    private static Outcome joined(TaskMessage message, Signature body, StoredResults results)
            throws ExecutionException, TimeoutException {
        var tuples = message.kwargs().get("result");
        var ids = new ArrayList<String>();
        leaves(tuples, ids);
        var stored = read(results, ids);
        for (var id : ids) {
            var result = stored.get(id);
            if (result == null || !TaskState.isReady(result.status())) {
                return later(message);
            }
        }
        var group = message.args().path(0).asText();
        for (var id : ids) {
            var result = stored.get(id);
            if (result != null && !result.status().equals(TaskState.SUCCESS)) {
                return unlocked(group, body, new Joined.Failed(id, result.result()));
            }
        }
        return unlocked(group, body, new Joined.Results(values(tuples, stored)));
    }

    /// The results will not be readable later either, and those who wait for the body are told.
    private static Outcome broken(TaskMessage message, Signature body, StoreRefusedException why) {
        var group = message.args().path(0).asText();
        var error = RemoteError.celery("OperationalError", String.valueOf(why.getMessage()));
        return unlocked(
                group,
                body,
                new Joined.Failed(
                        group,
                        ResultMessage.error(group, TaskState.FAILURE, error, null)
                                .result()));
    }

    private static Outcome later(TaskMessage message) {
        var most = message.kwargs().path("max_retries");
        if (most.isNumber() && message.retries() >= most.asInt()) {
            return new Outcome.Failed(
                    RemoteError.celery("MaxRetriesExceededError", "the chord's header has not ended"),
                    null,
                    Outcome.Failed.Kind.UNEXPECTED);
        }
        var interval = message.kwargs().path("interval").asDouble(0);
        return new Outcome.Retry(
                // neither at full speed nor in a hundred years, whatever the sender has written
                interval >= 0.1 && interval <= LONGEST_SECONDS
                        ? Duration.ofMillis(Math.round(interval * 1e3))
                        : INTERVAL,
                RemoteError.celery("Retry", "the chord's header has not ended"),
                "");
    }

    private static Map<String, ResultMessage> read(StoredResults results, List<String> ids)
            throws ExecutionException, TimeoutException {
        try {
            return results.read(ids).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }

    private static void leaves(JsonNode tuples, List<String> ids) {
        for (var tuple : tuples) {
            if (tuple.path(1).isArray()) {
                leaves(tuple.path(1), ids);
            } else {
                ids.add(tuple.path(0).path(0).asText());
            }
        }
    }

    private static ArrayNode values(JsonNode tuples, Map<String, ResultMessage> stored) {
        var values = JsonNodeFactory.instance.arrayNode();
        for (var tuple : tuples) {
            var result = stored.get(tuple.path(0).path(0).asText());
            values.add(tuple.path(1).isArray() || result == null ? values(tuple.path(1), stored) : result.result());
        }
        return values;
    }

    private static Outcome unlocked(String group, Signature body, Joined joined) {
        return new Outcome.Done(NullNode.instance, Outcome.Telling.RESULT, new Unlocked(group, body, joined));
    }

    private static Outcome refused(String type, String reason) {
        return Outcome.Refused.unfit(type, reason);
    }
}
