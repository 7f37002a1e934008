package dev.jtask.worker.run;

import dev.jtask.protocol.result.RemoteError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values of one task's arguments that are not shown, to be taken out of what is told of its failure.
record Hidden(Set<String> values) {

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
