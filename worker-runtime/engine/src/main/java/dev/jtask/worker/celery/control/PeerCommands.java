package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.worker.celery.events.LamportClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What workers tell each other at their start: which tasks are revoked, and the logical time. Celery's workers tell
/// ids alone, and pass over what they do not know.
final class PeerCommands {

    static final String HELLO = "hello";

    private static final String REVOKED = "revoked";
    private static final String STAMPS = "revoked_stamps";
    private static final int MOST_STAMPS = 50_000;
    private static final Logger LOG = LoggerFactory.getLogger(PeerCommands.class);

    private final String node;
    private final TaskControl tasks;
    private final LamportClock lamport;

    PeerCommands(String node, TaskControl tasks, LamportClock lamport) {
        this.node = node;
        this.tasks = tasks;
        this.lamport = lamport;
    }

    Map<String, Command> all() {
        return Map.of(
                HELLO,
                new Command(
                        arguments -> !(arguments.get(REVOKED).isEmpty()
                                        && arguments.get(STAMPS).isEmpty())
                                && !isOurs(arguments),
                        this::hello));
    }

    /// With what this worker asks the others.
    ObjectNode question() {
        var question = JsonNodeFactory.instance.objectNode().put("from_node", node);
        question.putObject(REVOKED);
        return question;
    }

    /// Takes over what another worker says. Its times are those of its machine's monotonic clock, which say nothing
    /// here: the ids count as revoked now.
    void merge(JsonNode said) {
        lamport.adjust(said.path("clock").asLong(0));
        var ids = new ArrayList<String>();
        said.path(REVOKED).fieldNames().forEachRemaining(id -> {
            if (isName(id)) {
                ids.add(id);
            }
        });
        // known ones keep their age: an id that workers tell each other at each start would never grow old
        ids.removeAll(tasks.revoked().keySet());
        tasks.revoke(ids);
        said.path(STAMPS).properties().forEach(each -> mergeStamps(each.getKey(), each.getValue()));
    }

    private void mergeStamps(String header, JsonNode said) {
        var stamps = new ArrayList<String>();
        said.forEach(stamp -> {
            if (stamp.isTextual() && isName(stamp.textValue())) {
                stamps.add(stamp.textValue());
            }
        });
        if (stamps.isEmpty() || !isName(header)) {
            return;
        }
        try {
            tasks.stamps().add(header, stamps);
        } catch (IllegalArgumentException full) {
            LOG.debug("stamps that another worker says are revoked are passed over", full);
        }
    }

    private static boolean isName(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= Arguments.LONGEST_NAME;
    }

    private @Nullable JsonNode hello(Arguments arguments) {
        if (isOurs(arguments)) {
            return null;
        }
        merge(arguments.json());
        var answer = JsonNodeFactory.instance.objectNode();
        var revoked = answer.putObject(REVOKED);
        // Python compares them with its own monotonic clock, which is the same on one machine
        double now = System.nanoTime() / 1e9;
        tasks.revoked().forEach((id, age) -> revoked.put(id, now - age.toMillis() / 1e3));
        var stamps = tasks.stamps().latest(MOST_STAMPS);
        if (!stamps.isEmpty()) {
            var told = answer.putObject(STAMPS);
            stamps.forEach((header, values) -> values.forEach(told.putArray(header)::add));
        }
        return answer.put("clock", lamport.forward());
    }

    private boolean isOurs(Arguments arguments) {
        return arguments.get("from_node").asText().equals(node);
    }
}
