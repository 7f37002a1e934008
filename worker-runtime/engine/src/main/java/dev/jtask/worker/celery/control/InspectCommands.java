package dev.jtask.worker.celery.control;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.worker.celery.control.TaskInfo.Arguments;
import java.util.Map;

/// `celery inspect …`: what the worker knows of its tasks.
final class InspectCommands {

    private final Desk desk;

    private InspectCommands(Desk desk) {
        this.desk = desk;
    }

    static Map<String, Command> of(Desk desk) {
        var commands = new InspectCommands(desk);
        return Map.ofEntries(
                entry("ping", arguments -> Answers.ok("pong")),
                entry("clock", arguments -> object().put("clock", desk.lamport().now())),
                entry("active", commands::active),
                entry("dump_active", commands::active),
                entry("reserved", arguments -> commands.reserved()),
                entry("dump_reserved", arguments -> commands.reserved()),
                // a task waits for its time in the broker, not here
                entry("scheduled", arguments -> array()),
                entry("dump_schedule", arguments -> array()),
                entry("revoked", arguments -> commands.revoked()),
                entry("dump_revoked", arguments -> commands.revoked()),
                entry("registered", commands::registered),
                entry("dump_tasks", commands::registered),
                entry("active_queues", arguments -> commands.activeQueues()),
                entry("query_task", commands::queryTask));
    }

    private JsonNode active(JsonNode arguments) {
        var info = new TaskInfo(
                desk.options().nodeName(), arguments.path("safe").asBoolean(false) ? Arguments.TEXT : Arguments.VALUES);
        var active = array();
        for (var job : desk.jobs().running()) {
            var message = job.message();
            if (message != null) {
                active.add(info.of(message, job.delivery(), job.began()));
            }
        }
        return active;
    }

    private ArrayNode reserved() {
        var info = new TaskInfo(desk.options().nodeName(), Arguments.VALUES);
        var reserved = array();
        for (var delivery : desk.switches().waiting()) {
            if (TaskCodec.decode(delivery.message()) instanceof DecodeResult.Decoded(var task)) {
                reserved.add(info.of(task, delivery, null));
            }
        }
        return reserved;
    }

    private ArrayNode revoked() {
        var ids = array();
        desk.revocations().all().keySet().forEach(ids::add);
        return ids;
    }

    private JsonNode registered(JsonNode arguments) {
        var names = array();
        var fields = new TaskFields(desk.rateLimits());
        var asked = Answers.texts(arguments.path("taskinfoitems"));
        boolean builtins = arguments.path("builtins").asBoolean(false);
        for (var name : desk.registry().names()) {
            var definition = desk.registry().find(name);
            if (definition == null || (name.startsWith("celery.") && !builtins)) {
                continue;
            }
            names.add(fields.describe(definition, asked));
        }
        return names;
    }

    private ArrayNode activeQueues() {
        var queues = array();
        for (var name : desk.switches().queues()) {
            var queue = queues.addObject().put("name", name);
            var inlet = desk.switches().inlet(name);
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
        return queues;
    }

    private JsonNode queryTask(JsonNode arguments) {
        var wanted = Answers.texts(arguments.path("ids"));
        var found = object();
        reserved().forEach(info -> find(found, wanted, "reserved", info));
        active(object()).forEach(info -> find(found, wanted, "active", info));
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
