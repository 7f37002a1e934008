package dev.jtask.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.ChordCounter.Part;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the parts of a chord come to once all are there.
@Internal
public final class ChordJoin {

    private final Map<String, JsonNode> values = new HashMap<>();

    private ChordJoin() {}

    /// @param tree Celery's result tuples, in whose shape the values are; null when they are one plain list
    /// @param parts all of them, in the order of the header
    public static Joined of(@Nullable JsonNode tree, List<Part> parts) {
        var join = new ChordJoin();
        var plain = JsonNodeFactory.instance.arrayNode();
        for (var part : parts) {
            if (!part.state().equals(TaskState.SUCCESS)) {
                return new Joined.Failed(part.taskId(), part.result());
            }
            join.values.put(part.taskId(), part.result());
            plain.add(part.result());
        }
        return tree == null ? new Joined.Results(plain) : join.shaped(tree);
    }

    private Joined shaped(JsonNode tuples) {
        var shaped = JsonNodeFactory.instance.arrayNode();
        for (var tuple : tuples) {
            var id = tuple.path(0).path(0).asText();
            var value = values.get(id);
            if (tuple.path(1).isArray()) {
                var inner = shaped(tuple.path(1));
                if (!(inner instanceof Joined.Results children)) {
                    return inner;
                }
                shaped.add(children.values());
            } else if (value == null) {
                var error = RemoteError.celery("ChordError", "no part of the chord is of task " + id);
                return new Joined.Failed(
                        id,
                        ResultMessage.error(id, TaskState.FAILURE, error, null).result());
            } else {
                shaped.add(value);
            }
        }
        return new Joined.Results(shaped);
    }
}
