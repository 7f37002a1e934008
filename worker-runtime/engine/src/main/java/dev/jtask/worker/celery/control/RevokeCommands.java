package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.json.PyRepr;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.steps.RevokedStamps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Commands that keep tasks from running or stop them, and what workers tell each other of revoked tasks.
final class RevokeCommands {

    private final Desk desk;

    private RevokeCommands(Desk desk) {
        this.desk = desk;
    }

    static Map<String, Command> of(Desk desk) {
        var commands = new RevokeCommands(desk);
        return Map.of(
                "revoke", commands::revoke,
                "terminate", arguments -> commands.terminate(Answers.texts(arguments.path("task_id"))),
                "revoke_by_stamped_headers", commands::revokeStamped,
                "hello", commands::hello);
    }

    /// Takes over what another worker answered to `hello`. Its times are those of its machine's monotonic clock, which
    /// say nothing here: the ids count as revoked now.
    static void merge(Desk desk, JsonNode answer) {
        desk.lamport().adjust(answer.path("clock").asLong(0));
        var ids = new ArrayList<String>();
        answer.path("revoked").fieldNames().forEachRemaining(ids::add);
        desk.revocations().add(ids);
    }

    private JsonNode revoke(JsonNode arguments) {
        var ids = new LinkedHashSet<>(Answers.texts(arguments.path("task_id")));
        if (arguments.path("terminate").asBoolean(false)) {
            return terminate(ids);
        }
        desk.revocations().add(ids);
        return Answers.ok("tasks %s flagged as revoked".formatted(Answers.set(ids)));
    }

    private JsonNode terminate(Collection<String> ids) {
        desk.revocations().add(ids);
        var terminated = new LinkedHashSet<String>();
        for (var id : ids) {
            desk.jobs().of(id).forEach(job -> {
                job.cancel(Job.Cause.REVOKED);
                terminated.add(id);
            });
        }
        return Answers.ok(
                terminated.isEmpty() ? "terminate: tasks unknown" : "terminate: " + String.join(", ", terminated));
    }

    private JsonNode revokeStamped(JsonNode arguments) {
        var headers = headers(arguments.path("headers"));
        headers.properties()
                .forEach(header -> desk.revocations().stamps().add(header.getKey(), Answers.texts(header.getValue())));
        if (!arguments.path("terminate").asBoolean(false)) {
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
        for (var job : desk.jobs().running()) {
            var task = job.message();
            var matching = task == null ? new TreeSet<String>() : new TreeSet<>(RevokedStamps.of(task, header));
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
        if (asked instanceof ObjectNode object) {
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
        return headers;
    }

    private @Nullable JsonNode hello(JsonNode arguments) {
        if (arguments.path("from_node").asText().equals(desk.options().nodeName())) {
            return null;
        }
        merge(desk, arguments);
        var answer = JsonNodeFactory.instance.objectNode();
        var revoked = answer.putObject("revoked");
        // Python compares them with its own monotonic clock, which is the same on one machine
        double now = System.nanoTime() / 1e9;
        desk.revocations().all().forEach((id, age) -> revoked.put(id, now - age.toMillis() / 1e3));
        return answer.put("clock", desk.lamport().forward());
    }
}
