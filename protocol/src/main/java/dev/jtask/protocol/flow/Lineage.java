package dev.jtask.protocol.flow;

import dev.jtask.protocol.message.TaskMessage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where new messages come from, and what they inherit.
///
/// @param rootId the first task of the work flow; null when each new message begins one
/// @param parentId the task that sends them; null for a client
/// @param replyTo where results go when a signature does not say
/// @param headers of the message that comes before, of which a trace goes on
/// @param usual how a task of this name is sent where its signature does not say
public record Lineage(
        @Nullable String rootId,
        @Nullable String parentId,
        String replyTo,
        @Nullable String origin,
        @Nullable List<String> stampedHeaders,
        Map<String, @Nullable Object> stamps,
        Map<String, @Nullable Object> headers,
        Function<String, Usual> usual) {

    /// From a task, as its children.
    public static Lineage of(TaskMessage parent, Function<String, Usual> usual) {
        return of(parent, parent.id(), usual);
    }

    /// @param parentId usually the parent's
    public static Lineage of(TaskMessage parent, String parentId, Function<String, Usual> usual) {
        var root = parent.rootId();
        return new Lineage(
                root == null ? parent.id() : root,
                parentId,
                parent.replyTo(),
                parent.origin(),
                parent.stampedHeaders(),
                parent.stamps(),
                parent.customHeaders(),
                usual);
    }

    /// From a client.
    public static Lineage none(String replyTo, String origin, Function<String, Usual> usual) {
        return new Lineage(null, null, replyTo, origin, null, Map.of(), Map.of(), usual);
    }
}
