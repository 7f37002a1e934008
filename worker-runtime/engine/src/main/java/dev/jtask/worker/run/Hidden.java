package dev.jtask.worker.run;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.registry.TaskDefinition;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The values of one task's arguments that are not shown, to be taken out of what is told of its failure.
///
/// @param values the longest first, as they stand in texts
record Hidden(List<String> values) {

    private static final Hidden NONE = new Hidden(List.of());

    /// A shorter one may stand anywhere by chance, so that no text with it is shown at all.
    private static final int SHORT = 4;

    static Hidden of(TaskMessage message, TaskDefinition definition, Redaction redaction) {
        Set<String> found = new HashSet<>();
        redaction.collect(message.kwargs(), found);
        redaction.collect(message.args(), found);
        var names = definition.argumentNames();
        for (int i = 0; i < Math.min(names.size(), message.args().size()); i++) {
            if (redaction.hides(names.get(i))) {
                Redaction.texts(message.args().get(i), found);
            }
        }
        found.remove("");
        return found.isEmpty() ? NONE : new Hidden(spellings(found));
    }

    boolean isNone() {
        return values.isEmpty();
    }

    Outcome without(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(var error, var traceback, var kind) ->
                new Outcome.Failed(without(error), without(traceback), kind);
            case Outcome.Retry(var delay, var cause, var traceback) ->
                new Outcome.Retry(delay, without(cause), String.valueOf(without(traceback)));
            case Outcome.Refused(var reason, var error, var kind, var deliveries) ->
                new Outcome.Refused(String.valueOf(without(reason)), without(error), kind, deliveries);
            case Outcome.Done _, Outcome.Revoked _, Outcome.Later _, Outcome.Returned _ -> outcome;
        };
    }

    private RemoteError without(RemoteError error) {
        var arguments = error.arguments().stream()
                .<@Nullable Object>map(each -> each == null ? null : without(each.toString()))
                .toList();
        return new RemoteError(error.type(), arguments, error.module());
    }

    private @Nullable String without(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var shown = text;
        for (var value : values) {
            if (value.length() >= SHORT) {
                shown = shown.replace(value, Redaction.NOT_SHOWN);
            } else if (shown.contains(value)) {
                return Redaction.NOT_SHOWN;
            }
        }
        return shown;
    }

    /// As it is, in JSON and in Python's quotes.
    private static List<String> spellings(Set<String> found) {
        return found.stream()
                .flatMap(value -> Stream.of(
                        value, inner(TextNode.valueOf(value).toString()), inner(PyRepr.of(TextNode.valueOf(value)))))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static String inner(String quoted) {
        return quoted.substring(1, quoted.length() - 1);
    }
}
