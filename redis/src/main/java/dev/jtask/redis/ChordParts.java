package dev.jtask.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.ChordCounter.Part;
import dev.jtask.backend.Joined;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.protocol.result.ResultMessage;
import dev.jtask.protocol.result.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parts of a chord as Celery keeps them, and what they come to when all are there.
final class ChordParts {

    private final Map<String, JsonNode> values = new HashMap<>();
    private final List<JsonNode> inOrder = new ArrayList<>();

    private ChordParts() {}

    static String member(Part part) {
        var member = JsonNodeFactory.instance
                .arrayNode()
                .add(1)
                .add(part.taskId())
                .add(part.state())
                .add(part.result());
        return Json.write(member, "the result of task " + part.taskId());
    }

    /// @param tree the saved tree of results; empty when they are one plain list
    /// @param members all parts, in the order of the header
    static Joined join(String tree, List<String> members) {
        var parts = new ChordParts();
        for (var text : members) {
            var member = Json.read(text, "a chord's part");
            var id = member.path(1).asText();
            if (!member.path(2).asText().equals(TaskState.SUCCESS)) {
                return new Joined.Failed(id, member.path(3));
            }
            parts.values.put(id, member.path(3));
            parts.inOrder.add(member.path(3));
        }
        return tree.isEmpty()
                ? new Joined.Results(JsonNodeFactory.instance.arrayNode().addAll(parts.inOrder))
                : parts.shaped(Json.read(tree, "a chord's tree of results")
                        .path("result")
                        .path(1));
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
