package dev.jtask.protocol.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Whom a request is for. Every worker gets it and decides by its own name.
public sealed interface Audience {

    /// @param node a worker's name, `name@host`
    boolean includes(String node);

    /// As it stands in a request: `destination`, `pattern` and `matcher`.
    ObjectNode json();

    /// All workers.
    static Audience everyone() {
        return new Everyone();
    }

    /// These workers, or all when none is named.
    static Audience of(List<String> nodes) {
        return nodes.isEmpty() ? everyone() : new Nodes(nodes);
    }

    /// As kombu reads it: names count before a pattern.
    ///
    /// @throws IllegalArgumentException when a request says it in no known way
    static Audience in(JsonNode request) {
        var destination = request.path("destination");
        if (destination instanceof ArrayNode names && !names.isEmpty()) {
            return nodes(names);
        }
        if (!destination.isArray() && !isAbsent(destination)) {
            throw new IllegalArgumentException("destination must be an array of node names");
        }
        var pattern = text(request, "pattern");
        var matcher = text(request, "matcher");
        if (pattern.isEmpty() || matcher.isEmpty()) {
            return everyone();
        }
        return switch (matcher) {
            case Glob.MATCHER -> new Glob(pattern);
            case Regex.MATCHER -> new Regex(pattern);
            default -> throw new IllegalArgumentException("matcher must be glob or pcre");
        };
    }

    /// What is no text is nobody's name.
    private static Audience nodes(ArrayNode names) {
        var nodes = new ArrayList<String>();
        names.forEach(name -> {
            if (name.isTextual()) {
                nodes.add(name.textValue());
            }
        });
        return new Nodes(nodes);
    }

    private static String text(JsonNode request, String name) {
        var value = request.path(name);
        if (!value.isTextual() && !isAbsent(value)) {
            throw new IllegalArgumentException(name + " must be a text");
        }
        return value.asText("");
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static ObjectNode json(String matcher, String pattern) {
        return JsonNodeFactory.instance
                .objectNode()
                .putNull("destination")
                .put("pattern", pattern)
                .put("matcher", matcher);
    }

    /// All workers.
    record Everyone() implements Audience {

        @Override
        public boolean includes(String node) {
            return true;
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .putNull("destination")
                    .putNull("pattern")
                    .putNull("matcher");
        }
    }

    /// The workers of these names.
    record Nodes(List<String> names) implements Audience {

        public Nodes {
            names = List.copyOf(names);
        }

        @Override
        public boolean includes(String node) {
            return names.contains(node);
        }

        @Override
        public ObjectNode json() {
            var json = everyone().json();
            names.forEach(json.putArray("destination")::add);
            return json;
        }
    }

    /// The workers whose whole name fits a file pattern such as `jtask@*`.
    record Glob(String pattern) implements Audience {

        static final String MATCHER = "glob";

        /// @throws IllegalArgumentException when it is too long
        public Glob {
            PatternReader.glob(pattern);
        }

        @Override
        public boolean includes(String node) {
            return PatternReader.glob(pattern).fits(node);
        }

        @Override
        public ObjectNode json() {
            return Audience.json(MATCHER, pattern);
        }
    }

    /// The workers whose name begins with what a regular expression describes.
    record Regex(String pattern) implements Audience {

        static final String MATCHER = "pcre";

        /// @throws IllegalArgumentException when the expression is none, or more than names need
        public Regex {
            PatternReader.regex(pattern);
        }

        @Override
        public boolean includes(String node) {
            return PatternReader.regex(pattern).beginsIn(node);
        }

        @Override
        public ObjectNode json() {
            return Audience.json(MATCHER, pattern);
        }
    }
}
