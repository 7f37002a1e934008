package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.steps.RevokedStamps;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Commands that keep tasks from running or stop them.
final class RevokeCommands {

    private final TaskControl tasks;

    private RevokeCommands(TaskControl tasks) {
        this.tasks = tasks;
    }

    static Map<String, Command> of(TaskControl tasks) {
        var commands = new RevokeCommands(tasks);
        return Map.of(
                "revoke", Command.change(commands::revoke),
                "terminate", Command.change(commands::terminate),
                "revoke_by_stamped_headers", Command.change(commands::revokeStamped));
    }

    private JsonNode revoke(Arguments arguments) {
        var ids = arguments.names("task_id");
        if (arguments.is("terminate")) {
            return terminate(arguments);
        }
        tasks.revoke(ids);
        return Answers.ok("tasks %s flagged as revoked".formatted(Answers.set(ids)));
    }

    private JsonNode terminate(Arguments arguments) {
        var ids = arguments.names("task_id");
        tasks.revoke(ids);
        var terminated = new LinkedHashSet<String>();
        for (var job : tasks.running()) {
            var id = job.message().id();
            if (ids.contains(id)) {
                job.cancel(Job.Cause.REVOKED);
                terminated.add(id);
            }
        }
        return Answers.ok(
                terminated.isEmpty() ? "terminate: tasks unknown" : "terminate: " + String.join(", ", terminated));
    }

    private JsonNode revokeStamped(Arguments arguments) {
        var headers = headers(arguments.get("headers"));
        headers.properties().forEach(header -> {
            Arguments.checked("a header", header.getKey());
            Answers.texts(header.getValue()).forEach(stamp -> Arguments.checked("a stamp", stamp));
        });
        headers.properties().forEach(header -> tasks.stamps().add(header.getKey(), Answers.texts(header.getValue())));
        if (!arguments.is("terminate")) {
            return Answers.ok("headers %s flagged as revoked, but not terminated".formatted(PyRepr.of(headers)));
        }
        var terminated = new LinkedHashMap<String, Set<String>>();
        headers.properties().forEach(header -> {
            var stamps = terminateStamped(header.getKey(), Answers.texts(header.getValue()));
            if (!stamps.isEmpty()) {
                terminated.put(header.getKey(), stamps);
            }
        });
        if (terminated.isEmpty()) {
            return Answers.ok("headers %s were not terminated".formatted(PyRepr.of(headers)));
        }
        return Answers.ok(terminated.entrySet().stream()
                .map(header -> "'%s': %s".formatted(header.getKey(), Answers.set(header.getValue())))
                .collect(Collectors.joining(", ", "headers {", "} revoked")));
    }

    /// The stamps of this header that running tasks carried.
    private Set<String> terminateStamped(String header, Collection<String> revoked) {
        var stamps = new TreeSet<String>();
        for (var job : tasks.running()) {
            var matching = new TreeSet<>(RevokedStamps.of(job.message(), header));
            matching.retainAll(revoked);
            if (!matching.isEmpty()) {
                job.cancel(Job.Cause.REVOKED);
                stamps.addAll(matching);
            }
        }
        return stamps;
    }

    /// The command line sends `name=value` texts, everybody else an object.
    private static ObjectNode headers(JsonNode asked) {
        if (asked instanceof ObjectNode object && !object.isEmpty()) {
            return object;
        }
        var headers = JsonNodeFactory.instance.objectNode();
        for (var text : Answers.texts(asked)) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'%s' is no header; write name=value".formatted(text));
            }
            headers.put(text.substring(0, equals), text.substring(equals + 1));
        }
        if (headers.isEmpty()) {
            throw new IllegalArgumentException("headers is missing");
        }
        return headers;
    }
}
