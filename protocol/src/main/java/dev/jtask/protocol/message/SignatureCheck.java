package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.Limits;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refuses what could not be launched once its turn comes: signatures are read when the message is, before its task
/// runs.
final class SignatureCheck {

    private SignatureCheck() {}

    /// @throws IllegalArgumentException that says where in the embed a signature is none
    static void all(Embed embed) {
        list(embed.callbacks(), "callbacks", 0);
        list(embed.errbacks(), "errbacks", 0);
        array(embed.chain(), "chain", 0);
        optional(embed.chord(), "chord", 0);
        LaunchSize.together(embed.callbacks(), "callbacks");
        LaunchSize.together(embed.errbacks(), "errbacks");
        LaunchSize.each(embed.chain(), "chain");
        LaunchSize.each(embed.chord(), "chord");
    }

    /// @throws IllegalArgumentException when it is no signature, or one that could not be launched
    static void one(JsonNode json, String where) {
        signature(json, where, 0);
        LaunchSize.each(json, where);
    }

    /// A signature, or those of an array, that could be launched; nothing for what could not.
    static JsonNode sound(JsonNode json) {
        if (!json.isArray()) {
            return size(json).isPresent() ? json : NullNode.instance;
        }
        var sound = JsonNodeFactory.instance.arrayNode();
        var all = LaunchSize.NOTHING;
        for (var each : json) {
            var more = size(each).map(all::plus).filter(LaunchSize::isWithin);
            if (more.isPresent()) {
                sound.add(each);
                all = more.get();
            }
        }
        return sound.isEmpty() ? NullNode.instance : sound;
    }

    /// Empty for what could not be launched.
    private static Optional<LaunchSize> size(JsonNode json) {
        try {
            signature(json, "", 0);
            return Optional.of(LaunchSize.together(json, ""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void list(JsonNode json, String where, int level) {
        if (json.isObject()) {
            signature(json, where, level);
        } else {
            array(json, where, level);
        }
    }

    private static void array(JsonNode json, String where, int level) {
        if (isNone(json)) {
            return;
        }
        if (!json.isArray()) {
            throw wrong(where, "must be an array of signatures");
        }
        for (int i = 0; i < json.size(); i++) {
            signature(json.get(i), "%s[%d]".formatted(where, i), level);
        }
    }

    private static void optional(JsonNode json, String where, int level) {
        if (!isNone(json)) {
            signature(json, where, level);
        }
    }

    private static void signature(JsonNode json, String where, int level) {
        if (level > Limits.SIGNATURE_NESTING) {
            throw new IllegalArgumentException(
                    "%s... nests more than %d signatures".formatted(where.substring(0, 50), Limits.SIGNATURE_NESTING));
        }
        var task = json.path("task");
        if (!task.isTextual() || task.textValue().isEmpty() || !Headers.isShort(task.textValue())) {
            throw wrong(
                    where, "is no signature: it has no task, a name of at most %d bytes".formatted(Limits.SHORT_BYTES));
        }
        require(isNone(json.path("args")) || json.get("args").isArray(), where, "args must be an array");
        require(isNone(json.path("kwargs")) || json.get("kwargs").isObject(), where, "kwargs must be an object");
        require(isNone(json.path("options")) || json.get("options").isObject(), where, "options must be an object");
        var immutable = json.path("immutable");
        require(isNone(immutable) || immutable.isBoolean(), where, "immutable must be true or false");
        var type = json.path("subtask_type");
        require(isNone(type) || type.isTextual(), where, "subtask_type must be a string");
        if (json.path("options") instanceof ObjectNode options) {
            options(options, where, level + 1);
        }
        flow(json.path("kwargs"), type.asText(), where, level + 1);
    }

    private static void options(ObjectNode options, String where, int level) {
        try {
            CallOptions.of(options, Instant.EPOCH);
        } catch (IllegalArgumentException e) {
            throw wrong(where, e.getMessage());
        }
        list(options.path("link"), where + ".link", level);
        list(options.path("link_error"), where + ".link_error", level);
        array(options.path("chain"), where + ".chain", level);
        optional(options.path("chord"), where + ".chord", level);
    }

    private static void flow(JsonNode kwargs, String type, String where, int level) {
        switch (type) {
            case "chain", "group" -> list(kwargs.path("tasks"), where + ".tasks", level);
            case "chord" -> {
                list(kwargs.path("header"), where + ".header", level);
                signature(kwargs.path("body"), where + ".body", level);
            }
            case "chunks" -> {
                var size = kwargs.path("n");
                require(kwargs.path("it").isArray(), where, "it must be an array");
                require(
                        size.canConvertToInt() && size.isIntegralNumber() && size.intValue() > 0,
                        where,
                        "n must be an integer above 0");
            }
            default -> {}
        }
    }

    private static boolean isNone(JsonNode json) {
        return json.isMissingNode() || json.isNull();
    }

    private static void require(boolean condition, String where, String otherwise) {
        if (!condition) {
            throw wrong(where, otherwise);
        }
    }

    private static IllegalArgumentException wrong(String where, @Nullable String reason) {
        return new IllegalArgumentException("%s: %s".formatted(where, reason));
    }
}
