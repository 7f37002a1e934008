package dev.jtask.crds.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayDeque;

/// Reads JSON of any shape that can be worked with: what is nested so deeply that walking through it ends the stack is
/// left behind, and a text says so in its place. The API server takes 10,000 levels.
final class BoundedTree extends JsonDeserializer<JsonNode> {

    /// A pod template has about a dozen.
    static final int LEVELS = 100;

    private record Level(JsonNode node, int depth) {}

    @Override
    public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var tree = context.readTree(parser);
        return isDeep(tree)
                ? TextNode.valueOf("(left out: it is nested deeper than %d levels)".formatted(LEVELS))
                : tree;
    }

    @Override
    public JsonNode getNullValue(DeserializationContext context) {
        return context.getNodeFactory().nullNode();
    }

    private static boolean isDeep(JsonNode tree) {
        var left = new ArrayDeque<Level>();
        left.push(new Level(tree, 1));
        while (!left.isEmpty()) {
            var next = left.pop();
            if (next.depth() > LEVELS) {
                return true;
            }
            for (var inner : next.node()) {
                if (inner.isContainerNode()) {
                    left.push(new Level(inner, next.depth() + 1));
                }
            }
        }
        return false;
    }
}
