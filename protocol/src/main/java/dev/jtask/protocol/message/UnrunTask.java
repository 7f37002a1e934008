package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads of a message that is no task what those have to be told with who wait for what was to follow it. Whatever is
/// wrong counts as absent.
final class UnrunTask {

    private UnrunTask() {}

    /// @param headers the message's own, or the body of protocol 1
    /// @param parts with the arguments; protocol 1 has them by name
    /// @return null when nothing was to follow
    static @Nullable TaskMessage of(TaskMessage.Builder builder, Headers headers, JsonNode parts, JsonNode embed) {
        var follows = Embed.ofUnrun(embed);
        if (follows.equals(Embed.NONE)) {
            return null;
        }
        var args = parts.isArray() ? parts.path(0) : parts.path("args");
        var kwargs = parts.isArray() ? parts.path(1) : parts.path("kwargs");
        if (args instanceof ArrayNode array) {
            builder.args(array);
        }
        if (kwargs instanceof ObjectNode object) {
            builder.kwargs(object);
        }
        if (args.isArray() && kwargs.isObject()) {
            builder.repr(
                    sound(headers, each -> each.text(HeaderNames.ARGS_REPR)),
                    sound(headers, each -> each.text(HeaderNames.KWARGS_REPR)));
        } else {
            builder.repr(DecodeResult.Malformed.NOT_READ, DecodeResult.Malformed.NOT_READ);
        }
        var rootId = sound(headers, each -> each.id(HeaderNames.ROOT_ID));
        if (rootId != null) {
            builder.rootId(rootId);
        }
        var group = sound(headers, each -> each.id(HeaderNames.GROUP));
        var retries = sound(headers, each -> each.integer(HeaderNames.RETRIES));
        return builder.embed(follows)
                .parentId(sound(headers, each -> each.id(HeaderNames.PARENT_ID)))
                .group(
                        group == null ? sound(headers, each -> each.id("taskset")) : group,
                        sound(headers, each -> each.integer(HeaderNames.GROUP_INDEX)))
                .retries(retries == null ? 0 : retries)
                .ignoreResult(sound(headers, each -> each.flag(HeaderNames.IGNORE_RESULT)))
                .build();
    }

    private static <T> @Nullable T sound(Headers headers, Function<Headers, @Nullable T> read) {
        try {
            return read.apply(headers);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
