package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.celery.control.TaskInfo.Shown;
import dev.jtask.worker.run.Discretion;
import java.util.Map;

/// `celery inspect …`: what the worker knows of its tasks.
final class InspectCommands {

    private final About about;
    private final QueueControl queues;
    private final TaskControl tasks;
    private final TaskFields fields;

    private InspectCommands(About about, QueueControl queues, TaskControl tasks, LimitControl limits) {
        this.about = about;
        this.queues = queues;
        this.tasks = tasks;
        this.fields = new TaskFields(limits);
    }

    static Map<String, Command> of(About about, QueueControl queues, TaskControl tasks, LimitControl limits) {
        var commands = new InspectCommands(about, queues, tasks, limits);
        return Map.ofEntries(
                question("ping", arguments -> Answers.ok("pong")),
                question(
                        "clock",
                        arguments -> object().put("clock", about.lamport().now())),
                question("active", commands::active),
                question("dump_active", commands::active),
                question("reserved", arguments -> commands.reserved()),
                question("dump_reserved", arguments -> commands.reserved()),
                // a task waits for its time in the broker, not here
                question("scheduled", arguments -> array()),
                question("dump_schedule", arguments -> array()),
                question("revoked", arguments -> commands.revoked()),
                question("dump_revoked", arguments -> commands.revoked()),
                question("registered", commands::registered),
                question("dump_tasks", commands::registered),
                question("active_queues", arguments -> commands.activeQueues()),
                question("query_task", commands::queryTask));
    }

    private static Map.Entry<String, Command> question(String name, Command.Body body) {
        return Map.entry(name, Command.question(body));
    }

    private ArrayNode active(Arguments arguments) {
        return active(arguments.is("safe") ? Shown.TEXT : Shown.VALUES);
    }

    private ArrayNode active(Shown shown) {
        var info = new TaskInfo(about.node(), shown);
        var active = array();
        for (var job : tasks.running()) {
            active.add(info.of(job.shownMessage(), job.delivery(), job.began()));
        }
        return active;
    }

    private ArrayNode reserved() {
        var info = new TaskInfo(about.node(), Shown.VALUES);
        var reserved = array();
        for (var delivery : queues.waiting()) {
            if (TaskCodec.decode(TaskCodec.outside(delivery.message())) instanceof DecodeResult.Decoded(var task)) {
                reserved.add(info.of(shown(task), delivery, null));
            }
        }
        return reserved;
    }

    private TaskMessage shown(TaskMessage task) {
        return new Discretion(about.options().redaction())
                .knowing(about.registry()::find)
                .shown(task, about.registry().find(task.task()));
    }

    private ArrayNode revoked() {
        var ids = array();
        tasks.revoked().keySet().forEach(ids::add);
        return ids;
    }

    private JsonNode registered(Arguments arguments) {
        var names = array();
        var asked = Answers.texts(arguments.get("taskinfoitems"));
        boolean builtins = arguments.is("builtins");
        for (var name : about.registry().names()) {
            var definition = about.registry().find(name);
            if (definition == null || (name.startsWith("celery.") && !builtins)) {
                continue;
            }
            names.add(fields.describe(definition, asked));
        }
        return names;
    }

    private ArrayNode activeQueues() {
        var active = array();
        for (var inlet : queues.consumed()) {
            var queue = active.addObject().put("name", inlet.queue());
            queue.putObject("exchange")
                    .put("name", inlet.exchange())
                    .put("type", inlet.exchangeType())
                    .putNull("arguments")
                    .put("durable", true)
                    .put("passive", false)
                    .put("auto_delete", false)
                    .putNull("delivery_mode")
                    .put("no_declare", false);
            queue.put("routing_key", inlet.routingKey());
            for (var absent : new String[] {"queue_arguments", "binding_arguments", "consumer_arguments"}) {
                queue.putNull(absent);
            }
            queue.put("durable", true)
                    .put("exclusive", false)
                    .put("auto_delete", false)
                    .put("no_ack", false);
            queue.putNull("alias").putArray("bindings");
            for (var absent : new String[] {
                "no_declare", "expires", "message_ttl", "max_length", "max_length_bytes", "max_priority"
            }) {
                queue.putNull(absent);
            }
        }
        return active;
    }

    private JsonNode queryTask(Arguments arguments) {
        var wanted = Answers.texts(arguments.get("ids"));
        var found = object();
        reserved().forEach(info -> find(found, wanted, "reserved", info));
        active(Shown.VALUES).forEach(info -> find(found, wanted, "active", info));
        return found;
    }

    private static void find(ObjectNode found, Iterable<String> wanted, String state, JsonNode info) {
        for (var id : wanted) {
            if (info.path("id").asText().equals(id)) {
                found.putArray(id).add(state).add(info);
            }
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
