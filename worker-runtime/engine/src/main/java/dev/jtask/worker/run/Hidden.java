package dev.jtask.worker.run;

import dev.jtask.protocol.json.Redaction;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values of one task's arguments that are not shown, to be taken out of what is told of its failure.
record Hidden(Set<String> values) {

    static Hidden of(TaskMessage message, TaskDefinition definition, Redaction redaction) {
        Set<String> found = new HashSet<>();
        redaction.collect(message.kwargs(), found);
        redaction.collect(message.args(), found);
        for (int place = 0; place < message.args().size(); place++) {
            if (redaction.hides(definition.argumentName(place))) {
                Redaction.texts(message.args().get(place), found);
            }
        }
        found.remove("");
        return new Hidden(found);
    }

    boolean isNone() {
        return values.isEmpty();
    }

    Outcome without(Outcome outcome) {
        var spellings = Spellings.of(values);
        return switch (outcome) {
            case Outcome.Failed(var error, var traceback, var kind) ->
                new Outcome.Failed(
                        without(error, spellings), traceback == null ? null : spellings.without(traceback), kind);
            case Outcome.Retry(var delay, var cause, var traceback) ->
                new Outcome.Retry(delay, without(cause, spellings), spellings.without(traceback));
            case Outcome.Refused(var reason, var error, var kind, var deliveries) ->
                new Outcome.Refused(spellings.without(reason), without(error, spellings), kind, deliveries);
            case Outcome.Done _, Outcome.Revoked _, Outcome.Later _, Outcome.Returned _ -> outcome;
        };
    }

    private static RemoteError without(RemoteError error, Spellings spellings) {
        var arguments = error.arguments().stream()
                .<@Nullable Object>map(each -> each == null ? null : spellings.without(each.toString()))
                .toList();
        return new RemoteError(error.type(), arguments, error.module());
    }
}
