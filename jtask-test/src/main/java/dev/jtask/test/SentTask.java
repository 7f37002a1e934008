package dev.jtask.test;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.message.TaskMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A task that somebody sent: the test, the code under test, another task, a schedule. Retries are not sent anew.
///
/// @param to the queue, or `exchange/key`
/// @param at when it was sent
/// @param message with everything else
public record SentTask(String to, Instant at, TaskMessage message) {

    public String id() {
        return message.id();
    }

    /// Its name.
    public String task() {
        return message.task();
    }

    /// Not to be run before; null when at once.
    public @Nullable Instant eta() {
        return message.eta();
    }

    /// The id of the task that sent it; null when no task did.
    public @Nullable String parentId() {
        return message.parentId();
    }

    /// A positional argument.
    ///
    /// @throws IllegalArgumentException when there is none at this place, or it is no `A`
    public <A> A arg(int place, Class<A> type) {
        return Json.read(
                "argument %d of %s".formatted(place, this), message.args().path(place), type);
    }

    /// A keyword argument.
    ///
    /// @throws IllegalArgumentException when there is none of this name, or it is no `A`
    public <A> A kwarg(String name, Class<A> type) {
        return Json.read(
                "argument '%s' of %s".formatted(name, this), message.kwargs().path(name), type);
    }

    @Override
    public String toString() {
        return "%s(%s) to '%s'".formatted(task(), arguments(), to);
    }

    private String arguments() {
        var text = new StringBuilder();
        for (var argument : message.args()) {
            add(text, argument.toString());
        }
        message.kwargs().properties().forEach(each -> add(text, each.getKey() + "=" + each.getValue()));
        return text.toString();
    }

    private static void add(StringBuilder text, String argument) {
        text.append(text.isEmpty() ? "" : ", ").append(argument);
    }

    boolean hasArgs(JsonNode expected) {
        return Json.same(message.args(), expected);
    }

    boolean hasKwarg(String name, JsonNode expected) {
        return message.kwargs().has(name) && Json.same(message.kwargs().get(name), expected);
    }
}
