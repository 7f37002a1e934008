package dev.jtask.redis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.ChordCounter.Part;
import dev.jtask.backend.ChordJoin;
import dev.jtask.backend.Joined;
import java.util.List;

/// The parts of a chord as Celery keeps them.
final class ChordParts {

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
    static Joined join(String group, String tree, List<String> members) {
        var tuples = tree.isEmpty()
                ? null
                : Json.read(tree, "a chord's tree of results").path("result").path(1);
        return ChordJoin.of(
                tuples, members.stream().map(member -> part(group, member)).toList());
    }

    private static Part part(String group, String text) {
        var member = Json.read(text, "a chord's part");
        return new Part(group, null, member.path(1).asText(), member.path(2).asText(), member.path(3));
    }
}
