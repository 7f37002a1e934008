package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.topology.Suspects;
import java.io.IOException;
import java.util.Map;

/// Commands that let the worker consume more queues, or fewer.
final class QueueCommands {

    private final QueueControl queues;

    private QueueCommands(QueueControl queues) {
        this.queues = queues;
    }

    static Map<String, Command> of(QueueControl queues) {
        var commands = new QueueCommands(queues);
        return Map.of(
                "add_consumer", Command.change(commands::add),
                "cancel_consumer", Command.change(commands::cancel));
    }

    private JsonNode add(Arguments arguments) throws IOException {
        var queue = arguments.name("queue");
        Suspects.queueFor(queue); // refuses a name that leaves no room for it
        queues.add(new Inlet(
                queue,
                arguments.name("exchange", queue),
                arguments.name("exchange_type", Inlet.DIRECT),
                arguments.name("routing_key", queue)));
        return Answers.ok("add consumer " + queue);
    }

    private JsonNode cancel(Arguments arguments) {
        var queue = arguments.name("queue");
        queues.remove(queue);
        return Answers.ok("no longer consuming from " + queue);
    }
}
