package dev.jtask.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.TypedJson;
import org.jspecify.annotations.Nullable;

/// What of a letter may be changed before it goes back. Each change makes another one of it.
///
/// @param task its name
/// @param args by position
/// @param kwargs by name
/// @param queue where it goes
public record LetterEdit(String task, ArrayNode args, ObjectNode kwargs, String queue) {

    /// Nobody changes what another one has.
    public LetterEdit {
        args = args.deepCopy();
        kwargs = kwargs.deepCopy();
    }

    /// For another task, such as one that has got another name.
    public LetterEdit withTask(String name) {
        return new LetterEdit(name, args, kwargs, queue);
    }

    /// To another queue.
    public LetterEdit withQueue(String name) {
        return new LetterEdit(task, args, kwargs, name);
    }

    /// With these arguments in place of all that are there by position.
    ///
    /// @throws IllegalArgumentException when one cannot be written as JSON
    public LetterEdit withArgs(@Nullable Object... values) {
        var changed = TypedJson.mapper().createArrayNode();
        for (var value : values) {
            changed.add(json(value));
        }
        return new LetterEdit(task, changed, kwargs, queue);
    }

    /// With another argument at this place, from 0.
    ///
    /// @throws IllegalArgumentException when there is none, or the value cannot be written as JSON
    public LetterEdit withArg(int place, @Nullable Object value) {
        if (place < 0 || place >= args.size()) {
            throw new IllegalArgumentException(
                    "task '%s' has %d argument(s) by position, and none at %d".formatted(task, args.size(), place));
        }
        var changed = args.deepCopy();
        changed.set(place, json(value));
        return new LetterEdit(task, changed, kwargs, queue);
    }

    /// With this argument by name, whether there is one or not.
    ///
    /// @throws IllegalArgumentException when it cannot be written as JSON
    public LetterEdit withKwarg(String name, @Nullable Object value) {
        var changed = kwargs.deepCopy();
        changed.set(name, json(value));
        return new LetterEdit(task, args, changed, queue);
    }

    /// Without the argument of this name.
    public LetterEdit withoutKwarg(String name) {
        var changed = kwargs.deepCopy();
        changed.remove(name);
        return new LetterEdit(task, args, changed, queue);
    }

    private static JsonNode json(@Nullable Object value) {
        return TypedJson.mapper().valueToTree(value);
    }
}
