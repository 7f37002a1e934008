package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.json.PyRepr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// The shapes of replies, and of loose lists in requests.
final class Answers {

    private Answers() {}

    static ObjectNode ok(String text) {
        return JsonNodeFactory.instance.objectNode().put("ok", text);
    }

    static ObjectNode error(String text) {
        return JsonNodeFactory.instance.objectNode().put("error", text);
    }

    /// As Python prints an exception.
    static ObjectNode raised(String type, String message) {
        return error("%s(%s)".formatted(type, PyRepr.of(TextNode.valueOf(message))));
    }

    /// A string, or an array of strings.
    static List<String> texts(JsonNode value) {
        var texts = new ArrayList<String>();
        if (value.isArray()) {
            value.forEach(each -> texts.add(each.asText()));
        } else if (!value.isMissingNode() && !value.isNull()) {
            texts.add(value.asText());
        }
        return texts;
    }

    /// As Python prints a set of strings.
    static String set(Collection<String> texts) {
        return texts.isEmpty()
                ? "set()"
                : texts.stream().map(text -> "'" + text + "'").collect(Collectors.joining(", ", "{", "}"));
    }
}
