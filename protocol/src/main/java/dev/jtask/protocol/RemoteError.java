package dev.jtask.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// An exception as it travels in a result.
///
/// @param type the simple class name; Python resolves dots, so there are none
/// @param arguments the constructor arguments, for a Java exception its message
/// @param module the Java package or Python module
public record RemoteError(String type, List<String> arguments, String module) {

    public RemoteError {
        arguments = List.copyOf(arguments);
    }

    public static RemoteError of(Throwable thrown) {
        Class<?> type = thrown.getClass();
        while (type.getSimpleName().isEmpty()) {
            type = type.getSuperclass();
        }
        var message = thrown.getMessage();
        return new RemoteError(
                type.getSimpleName(), message == null ? List.of() : List.of(message), type.getPackageName());
    }

    /// One of Celery's own exceptions, which a Python client raises as the class it knows.
    public static RemoteError celery(String type, String... arguments) {
        return new RemoteError(type, List.of(arguments), "celery.exceptions");
    }

    static RemoteError read(JsonNode json) {
        var arguments = new ArrayList<String>();
        switch (json.path("exc_message")) {
            case ArrayNode array -> array.forEach(element -> arguments.add(text(element)));
            case JsonNode single when single.isMissingNode() || single.isNull() -> {}
            case JsonNode single -> arguments.add(text(single));
        }
        return new RemoteError(
                json.path("exc_type").asText("Exception"),
                arguments,
                json.path("exc_module").asText("builtins"));
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("exc_type", type);
        var array = json.putArray("exc_message");
        arguments.forEach(array::add);
        return json.put("exc_module", module);
    }

    /// As Python prints it: `ValueError('boom', 42)`.
    public String display() {
        return type + PyRepr.tuple(arguments).replaceFirst(",\\)$", ")");
    }

    private static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
