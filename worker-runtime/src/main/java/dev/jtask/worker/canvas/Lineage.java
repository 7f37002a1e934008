package dev.jtask.worker.canvas;

import dev.jtask.protocol.TaskMessage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where new messages come from.
///
/// @param parent whose reply queue, stamps and origin they inherit
/// @param parentId usually the parent's
/// @param queues where a task of this name goes when its signature does not say
public record Lineage(TaskMessage parent, String parentId, Function<String, String> queues) {

    public static Lineage of(TaskMessage parent, Function<String, String> queues) {
        return new Lineage(parent, parent.id(), queues);
    }

    String rootId() {
        @Nullable String root = parent.rootId();
        return root == null ? parent.id() : root;
    }
}
