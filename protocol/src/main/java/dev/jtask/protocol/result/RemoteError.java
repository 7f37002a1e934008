package dev.jtask.protocol.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.OpenReader;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.protocol.json.TypedJson;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An exception as it travels in a result.
///
/// @param type the simple class name; Python resolves dots, so there are none
/// @param arguments the constructor arguments as plain Java values, for a Java exception its message
/// @param module the Java package or Python module
public record RemoteError(String type, List<@Nullable Object> arguments, String module) {

    public RemoteError {
        arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }

    /// Class, message and package of a Java exception, as a Python exception's.
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
        return new RemoteError(type, List.of((Object[]) arguments), "celery.exceptions");
    }

    static RemoteError read(JsonNode json) {
        var arguments = new ArrayList<@Nullable Object>();
        var message = json.path("exc_message");
        if (message instanceof ArrayNode array) {
            array.forEach(element -> arguments.add(plain(element)));
        } else if (!message.isMissingNode() && !message.isNull()) {
            arguments.add(plain(message));
        }
        return new RemoteError(
                json.path("exc_type").asText("Exception"),
                arguments,
                json.path("exc_module").asText("builtins"));
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("exc_type", type);
        json.set("exc_message", TypedJson.mapper().valueToTree(arguments));
        return json.put("exc_module", module);
    }

    /// The arguments as one text, for people.
    public String message() {
        return arguments.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /// As Python prints it: `ValueError('boom', 42)`.
    public String display() {
        return type + PyRepr.tuple(TypedJson.mapper().valueToTree(arguments)).replaceFirst(",\\)$", ")");
    }

    private static @Nullable Object plain(JsonNode node) {
        try {
            return OpenReader.value(node);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return node.toString();
        }
    }
}
