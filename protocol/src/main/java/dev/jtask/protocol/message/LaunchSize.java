package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.json.Limits;
import java.util.ArrayList;
import java.util.List;

/// What launching signatures would make at once, added up before anything is: members of a group get its links each,
/// and steps of a chain its error callbacks, so that what a small message asks for is the square of its size.
///
/// @param copies of signatures into the tasks that get them
/// @param bytes that these copies are
record LaunchSize(long tasks, long copies, long bytes) {

    static final LaunchSize NOTHING = new LaunchSize(0, 0, 0);

    /// Room for sums: two of these, and the product of any two numbers that a message has room for.
    private static final long MOST = 1L << 61;

    LaunchSize {
        tasks = Math.min(tasks, MOST);
        copies = Math.min(copies, MOST);
        bytes = Math.min(bytes, MOST);
    }

    /// Of signatures that are launched together, one or an array.
    ///
    /// @throws IllegalArgumentException when they, or what a launch of theirs leads to, are beyond a limit
    static LaunchSize together(JsonNode signatures, String where) {
        // as of most messages
        return signatures.isEmpty()
                ? NOTHING
                : new Flow(where, new Weights()).together(signatures, Copied.NONE, Copied.NONE);
    }

    /// @throws IllegalArgumentException as [#together], for each by itself
    static void each(JsonNode signatures, String where) {
        if (!signatures.isEmpty()) {
            new Flow(where, new Weights()).each(signatures);
        }
    }

    LaunchSize plus(LaunchSize other) {
        return new LaunchSize(tasks + other.tasks, copies + other.copies, bytes + other.bytes);
    }

    boolean isWithin() {
        return tasks <= Limits.LAUNCHED_TASKS && copies <= Limits.COPIED_SIGNATURES && bytes <= Limits.COPIED_BYTES;
    }

    private LaunchSize within(String where) {
        require(tasks, Limits.LAUNCHED_TASKS, where, "tasks at once");
        require(copies, Limits.COPIED_SIGNATURES, where, "links with its tasks");
        require(bytes, Limits.COPIED_BYTES, where, "bytes of links with its tasks");
        return this;
    }

    private static void require(long count, long most, String where, String what) {
        if (count > most) {
            throw new IllegalArgumentException(
                    "%s would send %d %s, of which at most %d are sent here; send it in parts, or give the worker more memory"
                            .formatted(where, count, what, most));
        }
    }

    /// Signatures that whoever is launched gets along.
    private record Copied(long number, long bytes) {

        static final Copied NONE = new Copied(0, 0);

        /// Above all limits, and room for its product with any number that a message has room for.
        private static final long MOST_BYTES = 1L << 31;

        Copied {
            bytes = Math.min(bytes, MOST_BYTES);
        }

        Copied plus(Copied other) {
            return new Copied(number + other.number, bytes + other.bytes);
        }

        LaunchSize times(long receivers) {
            return new LaunchSize(0, receivers * number, receivers * bytes);
        }
    }

    /// Signatures that [SignatureCheck] has let through: what they nest in is limited.
    private record Flow(String where, Weights weights) {

        /// @param links that each gets, and `errors`, of the flow that it is in
        LaunchSize together(JsonNode signatures, Copied links, Copied errors) {
            var all = NOTHING;
            for (var signature : list(signatures)) {
                all = all.plus(launch(signature, links, errors));
            }
            return all.within(where);
        }

        void each(JsonNode signatures) {
            list(signatures)
                    .forEach(signature ->
                            launch(signature, Copied.NONE, Copied.NONE).within(where));
        }

        private LaunchSize launch(JsonNode signature, Copied links, Copied errors) {
            var options = signature.path("options");
            var kwargs = signature.path("kwargs");
            together(options.path("link"), Copied.NONE, Copied.NONE);
            together(options.path("link_error"), Copied.NONE, Copied.NONE);
            each(options.path("chain"));
            each(options.path("chord"));
            var copied = links.plus(errors).times(1);
            var ownLinks = links.plus(copied(options.path("link")));
            var ownErrors = errors.plus(copied(options.path("link_error")));
            return switch (signature.path("subtask_type").asText()) {
                case "chain" -> copied.plus(chain(kwargs.path("tasks"), ownLinks, ownErrors));
                case "group" -> copied.plus(together(kwargs.path("tasks"), ownLinks, ownErrors));
                case "chord" -> {
                    launch(kwargs.path("body"), ownLinks, ownErrors).within(where);
                    yield copied.plus(together(header(kwargs.path("header")), Copied.NONE, Copied.NONE));
                }
                case "chunks" -> {
                    long size = kwargs.path("n").asLong();
                    long tasks = (kwargs.path("it").size() + size - 1) / size;
                    yield ownLinks.plus(ownErrors).times(tasks).plus(new LaunchSize(tasks, 0, 0));
                }
                default -> copied.plus(new LaunchSize(1, 0, 0));
            };
        }

        private Copied copied(JsonNode signatures) {
            return signatures.isContainerNode()
                    ? new Copied(list(signatures).size(), weights.of(signatures))
                    : Copied.NONE;
        }

        /// The first step is launched, and takes the others along.
        private LaunchSize chain(JsonNode chain, Copied links, Copied errors) {
            var steps = new ArrayList<JsonNode>();
            addSteps(chain, steps);
            if (steps.isEmpty()) {
                return NOTHING;
            }
            var others = errors.times(steps.size() - 1);
            // all in one message
            require(errors.plus(links).times(1).plus(others).bytes(), Limits.BODY_BYTES, where, "bytes in one message");
            var first = NOTHING;
            for (int i = 0; i < steps.size(); i++) {
                var step = launch(steps.get(i), i == steps.size() - 1 ? links : Copied.NONE, errors)
                        .within(where);
                first = i == 0 ? step : first;
            }
            return first.plus(others);
        }

        /// Those of chains in a chain are its own.
        private static void addSteps(JsonNode chain, List<JsonNode> steps) {
            for (var step : list(chain)) {
                if (step.path("subtask_type").asText().equals("chain")) {
                    addSteps(step.path("kwargs").path("tasks"), steps);
                } else {
                    steps.add(step);
                }
            }
        }

        /// A group stands for its members there.
        private static JsonNode header(JsonNode header) {
            return header.path("subtask_type").asText().equals("group")
                    ? header.path("kwargs").path("tasks")
                    : header;
        }

        private static JsonNode list(JsonNode signatures) {
            return signatures.isObject() ? JsonNodeFactory.instance.arrayNode().add(signatures) : signatures;
        }
    }
}
