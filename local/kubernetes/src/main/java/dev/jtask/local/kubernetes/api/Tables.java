package dev.jtask.local.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The table that `kubectl get` prints, with the printer columns of a custom resource.
final class Tables {

    private static final Pattern CONDITION =
            Pattern.compile("\\.status\\.conditions\\[\\?\\(@\\.type==['\"](\\w+)['\"]\\)]\\.(\\w+)");

    private Tables() {}

    static ObjectNode of(JsonNode answer, @Nullable JsonNode crd, Instant now) {
        var columns = crd == null
                ? JsonNodeFactory.instance.arrayNode()
                : crd.at("/spec/versions/0/additionalPrinterColumns");
        var table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata")
                .put("resourceVersion", answer.at("/metadata/resourceVersion").asText(""));
        var definitions = table.putArray("columnDefinitions");
        definition(definitions, "Name", "string", 0);
        columns.forEach(column -> definition(
                definitions,
                column.path("name").asText(),
                column.path("type").asText(),
                column.path("priority").asInt(0)));
        if (columns.isEmpty()) {
            builtin(answer).forEach(column -> definition(definitions, column.name(), "string", 0));
            definition(definitions, "Age", "string", 0);
        }
        var rows = table.putArray("rows");
        if (answer.path("items") instanceof ArrayNode items) {
            items.forEach(item -> row(rows, item, columns, builtin(answer), now));
        } else {
            row(rows, answer, columns, builtin(answer), now);
        }
        return table;
    }

    private static void definition(ArrayNode into, String name, String type, int priority) {
        into.addObject()
                .put("name", name)
                .put("type", type.equals("date") ? "string" : type)
                .put("format", name.equals("Name") ? "name" : "")
                .put("description", "")
                .put("priority", priority);
    }

    private static List<Columns.Column> builtin(JsonNode answer) {
        var first = answer.path("items").path(0);
        return Columns.of((first.isMissingNode() ? answer : first).path("kind").asText());
    }

    private static void row(
            ArrayNode rows, JsonNode item, JsonNode columns, List<Columns.Column> builtin, Instant now) {
        var row = rows.addObject();
        var cells = row.putArray("cells");
        cells.add(item.at("/metadata/name").asText());
        for (var column : columns) {
            var value = value(item, column.path("jsonPath").asText());
            if (column.path("type").asText().equals("date")) {
                cells.add(age(value.asText(""), now));
            } else {
                cells.add(value.isMissingNode() ? JsonNodeFactory.instance.textNode("") : value);
            }
        }
        if (columns.isEmpty()) {
            builtin.forEach(column -> cells.add(column.cell().apply(item)));
            cells.add(age(item.at("/metadata/creationTimestamp").asText(""), now));
        }
        row.set("object", item);
    }

    private static JsonNode value(JsonNode item, String jsonPath) {
        var condition = CONDITION.matcher(jsonPath);
        if (condition.matches()) {
            for (var each : item.at("/status/conditions")) {
                if (each.path("type").asText().equals(condition.group(1))) {
                    return each.path(condition.group(2));
                }
            }
            return JsonNodeFactory.instance.missingNode();
        }
        return item.at(jsonPath.replace('.', '/'));
    }

    private static String age(String created, Instant now) {
        if (created.isEmpty()) {
            return "";
        }
        var age = Duration.between(Instant.parse(created), now);
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        return age.toHours() < 3 ? age.toMinutes() + "m" : age.toHours() + "h";
    }
}
