package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.json.Limits;

/// What launching signatures would make at once, added up before anything is: members of a group get its links each,
/// and steps of a chain its error callbacks, so that what a small message asks for is the square of its size.
///
/// @param copies of signatures into the tasks that get them
record LaunchSize(long tasks, long copies) {

    static final LaunchSize NOTHING = new LaunchSize(0, 0);

    /// Room for sums: two of these, and the product of any two numbers that a message has room for.
    private static final long MOST = 1L << 61;

    LaunchSize {
        tasks = Math.min(tasks, MOST);
        copies = Math.min(copies, MOST);
    }

    /// Of signatures that are launched together, one or an array.
    ///
    /// @throws IllegalArgumentException when they, or what a launch of theirs leads to, are beyond a limit
    static LaunchSize together(JsonNode signatures, String where) {
        return new Flow(where).together(signatures, 0, 0);
    }

    /// @throws IllegalArgumentException as [#together], for each by itself
    static void each(JsonNode signatures, String where) {
        new Flow(where).each(signatures);
    }

    LaunchSize plus(LaunchSize other) {
        return new LaunchSize(tasks + other.tasks, copies + other.copies);
    }

    boolean isWithin() {
        return tasks <= Limits.LAUNCHED_TASKS && copies <= Limits.COPIED_SIGNATURES;
    }

    private LaunchSize within(String where) {
        require(tasks, Limits.LAUNCHED_TASKS, where, "tasks at once");
        require(copies, Limits.COPIED_SIGNATURES, where, "links with its tasks");
        return this;
    }

    private static void require(long count, long most, String where, String what) {
        if (count > most) {
            throw new IllegalArgumentException(
                    "%s would send %d %s, of which at most %d are sent here; send it in parts, or give the worker more memory"
                            .formatted(where, count, what, most));
        }
    }

    /// Signatures that [SignatureCheck] has let through: what they nest in is limited.
    private record Flow(String where) {

        /// @param links that each gets, and `errors`, of the flow that it is in
        LaunchSize together(JsonNode signatures, long links, long errors) {
            var all = NOTHING;
            for (var signature : list(signatures)) {
                all = all.plus(launch(signature, links, errors));
            }
            return all.within(where);
        }

        void each(JsonNode signatures) {
            list(signatures).forEach(signature -> launch(signature, 0, 0).within(where));
        }

        private LaunchSize launch(JsonNode signature, long links, long errors) {
            var options = signature.path("options");
            var kwargs = signature.path("kwargs");
            together(options.path("link"), 0, 0);
            together(options.path("link_error"), 0, 0);
            each(options.path("chain"));
            each(options.path("chord"));
            var copied = new LaunchSize(0, links + errors);
            long ownLinks = links + list(options.path("link")).size();
            long ownErrors = errors + list(options.path("link_error")).size();
            return switch (signature.path("subtask_type").asText()) {
                case "chain" -> copied.plus(chain(list(kwargs.path("tasks")), ownLinks, ownErrors));
                case "group" -> copied.plus(together(kwargs.path("tasks"), ownLinks, ownErrors));
                case "chord" -> {
                    launch(kwargs.path("body"), ownLinks, ownErrors).within(where);
                    yield copied.plus(together(header(kwargs.path("header")), 0, 0));
                }
                case "chunks" -> {
                    long size = kwargs.path("n").asLong();
                    long tasks = (kwargs.path("it").size() + size - 1) / size;
                    yield new LaunchSize(tasks, tasks * (ownLinks + ownErrors));
                }
                default -> copied.plus(new LaunchSize(1, 0));
            };
        }

        /// The first step is launched, and takes the others along.
        private LaunchSize chain(JsonNode steps, long links, long errors) {
            var first = NOTHING;
            for (int i = 0; i < steps.size(); i++) {
                var step = launch(steps.get(i), i == steps.size() - 1 ? links : 0, errors)
                        .within(where);
                first = i == 0 ? step : first.plus(new LaunchSize(0, errors));
            }
            return first;
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
