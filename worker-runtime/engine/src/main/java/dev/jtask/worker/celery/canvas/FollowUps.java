package dev.jtask.worker.celery.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.flow.Launcher;
import dev.jtask.protocol.flow.Lineage;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.flow.Signature;
import dev.jtask.protocol.flow.Usual;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.run.Dispatch;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a message asks for after its task: the next step of a chain, link and link_error.
public final class FollowUps {

    private final Dispatch dispatch;

    /// @param dispatch how they are sent; those of which nothing says where go where the task came from
    public FollowUps(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /// The callbacks and the next step of the chain, each with the result as its first argument.
    public Plan afterSuccess(TaskMessage task, String queue, JsonNode result, Instant now) {
        var plan = new Plan();
        var launcher = new Launcher(Lineage.of(task, from(queue)), plan, now);
        for (var callback : Signature.list(task.embed().callbacks())) {
            launcher.launch(callback, List.of(result));
        }
        launcher.launchNext(task.embed().chain(), List.of(result));
        return plan;
    }

    /// The error callbacks, each with the id of the failed task as its first argument.
    public Plan afterFailure(TaskMessage task, String queue, Instant now) {
        return errors(task, queue, task.embed().errbacks(), task.id(), now);
    }

    /// The error callbacks of a signature that will not run.
    ///
    /// @param errbacks of the signature
    /// @param failed its id
    public Plan errors(TaskMessage cause, String queue, JsonNode errbacks, String failed, Instant now) {
        var plan = new Plan();
        var launcher = new Launcher(Lineage.of(cause, failed, from(queue)), plan, now);
        for (var errback : Signature.list(errbacks)) {
            launcher.launch(errback, List.of(TextNode.valueOf(failed)));
        }
        return plan;
    }

    /// The body of a chord whose parts are all there.
    ///
    /// @param last the part that came last
    public Plan body(TaskMessage last, String queue, Signature body, ArrayNode results, Instant now) {
        var plan = new Plan();
        new Launcher(Lineage.of(last, from(queue)), plan, now).launch(body, List.of(results));
        return plan;
    }

    /// Says why this worker could not follow a message up without a place to count chords, or null when it could. Asked
    /// before the task runs, so that nothing is half done.
    public @Nullable String needsChords(TaskMessage task, Instant now) {
        try {
            return task.embed().chord().isNull()
                            && afterSuccess(task, "", NullNode.instance, now)
                                    .chords()
                                    .isEmpty()
                    ? null
                    : "the task is part of a chord, which needs a result backend that counts; set JTASK_RESULT_BACKEND"
                            + " to redis://…";
        } catch (IllegalArgumentException e) {
            return "what follows the task cannot be read: " + e.getMessage();
        }
    }

    private Function<String, Usual> from(String queue) {
        return task -> dispatch.usual(task, queue);
    }
}
