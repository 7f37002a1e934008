package dev.jtask.worker.settle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.backend.ChordCounter;
import dev.jtask.protocol.flow.Plan;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Outcome;
import java.util.List;

/// Effects and outcomes with few words.
final class Effects {

    static final RemoteError BOOM = new RemoteError("Boom", List.of("x"), "com.acme");
    static final Outcome DONE = new Outcome.Done(TextNode.valueOf("value"));
    static final Outcome FAILED = new Outcome.Failed(BOOM, "trace", Outcome.Failed.Kind.UNEXPECTED);

    private Effects() {}

    static Addressee sender(String id) {
        return Addressee.of(Given.message(id), null);
    }

    static Effect.Tell success(String id) {
        return new Effect.Tell(sender(id), ResultMessage.success(id, TextNode.valueOf("value")));
    }

    static Effect.Tell failure(String id) {
        return failure(id, BOOM, "trace");
    }

    static Effect.Tell failure(String id, RemoteError error, String... traceback) {
        return new Effect.Tell(
                sender(id),
                ResultMessage.error(id, TaskState.FAILURE, error, traceback.length == 0 ? null : traceback[0]));
    }

    /// Sends one task of this id to the queue of this name.
    static Effect.Send send(String queue) {
        return new Effect.Send(List.of(new Routed(Route.toQueue(queue), Given.message("for " + queue))));
    }

    static Effect.Begin begin(String group) {
        return new Effect.Begin(new Plan.Chord(group, 2, null));
    }

    static Effect.Count count(String group, String state) {
        return new Effect.Count(
                new ChordCounter.Part(group, 0, "a", state, TextNode.valueOf("value")),
                JsonNodeFactory.instance.objectNode());
    }

    static Effect.DeadLetter letter(String reason) {
        return new Effect.DeadLetter(reason, 1, null);
    }

    /// Of a message whose arguments were not read.
    static Effect.DeadLetter unread(String reason) {
        return new Effect.DeadLetter(reason, 1, null, new Effect.Shown("<not read>", "<not read>"));
    }

    static AfterTask.Sequel before(Effect... effects) {
        return new AfterTask.Sequel(List.of(effects), List.of());
    }

    static AfterTask.Sequel after(Effect... effects) {
        return new AfterTask.Sequel(List.of(), List.of(effects));
    }
}
