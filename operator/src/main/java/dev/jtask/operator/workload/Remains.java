package dev.jtask.operator.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Whether all that was asked for is still there: who takes something away owns nothing by it, so that no record of
/// owners shows it. Values are not compared, as a server writes them in its own way.
final class Remains {

    private Remains() {}

    static boolean of(JsonNode wanted, JsonNode actual) {
        if (isNothing(wanted)) {
            return true;
        }
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(field -> of(field.getValue(), actual.path(field.getKey())));
        }
        if (wanted.isArray()) {
            return actual.size() >= wanted.size()
                    && entries(wanted)
                            .allMatch(each ->
                                    entries(actual).anyMatch(other -> isNamedAs(each, other) && of(each, other)));
        }
        return !actual.isMissingNode() && !actual.isNull();
    }

    /// What a server leaves out, as it means the same.
    private static boolean isNothing(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> true;
            case OBJECT, ARRAY -> value.isEmpty();
            case STRING -> value.asText().isEmpty();
            case BOOLEAN -> !value.asBoolean();
            case NUMBER -> value.asDouble() == 0;
            case BINARY, POJO -> false;
        };
    }

    private static boolean isNamedAs(JsonNode each, JsonNode other) {
        return each.isContainerNode() ? each.path("name").equals(other.path("name")) : each.equals(other);
    }

    private static Stream<JsonNode> entries(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
