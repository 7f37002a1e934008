package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.protocol.control.Audience;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.protocol.json.TypedJson;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.seal.SealOptions;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.celery.events.LamportClock;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.options.RemoteAccess;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.options.WorkerOptions;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskBody;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Totals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A worker `pool@pod-1` at noon with the task `t.add`, whose third argument is a token, and requests to it.
final class Samples {

    static final String NODE = "pool@pod-1";
    static final Instant NOON = SettableClock.START;
    static final TaskDefinition ADD = TaskDefinition.of("t.add", new TaskBody() {
        @Override
        public @Nullable Object call(ArrayNode args, ObjectNode kwargs, TaskContext context) {
            return null;
        }

        @Override
        public String argumentName(int place) {
            return place == 2 ? "token" : "";
        }
    });

    private Samples() {}

    static About about() {
        return new About(
                new WorkerOptions(
                        BrokerOptions.of("amqp://me:sEcret@127.0.0.1:5672/shop"),
                        List.of("orders"),
                        4,
                        OptionalInt.empty(),
                        Duration.ofSeconds(30),
                        null,
                        NODE,
                        WorkerOptions.Threads.VIRTUAL,
                        new Results.Rpc(),
                        10,
                        false,
                        RemoteAccess.FULL,
                        new Routes(List.of()),
                        SealOptions.NONE,
                        Redaction.USUAL,
                        KeptQueues.NONE),
                registry(),
                new Totals(),
                new LamportClock(),
                Clock.fixed(NOON.plusSeconds(90), ZoneOffset.UTC),
                NOON);
    }

    static TaskRegistry registry() {
        return new TaskRegistry(List.of(ADD, TaskDefinition.of("celery.chain", (args, kwargs, context) -> null)));
    }

    /// JSON with single quotes.
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) TypedJson.mapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static ControlRequest request(String method, String arguments) {
        return new ControlRequest(
                method, json(arguments), Audience.everyone(), new ReturnAddress("key", "ticket", null), 7);
    }

    /// The reply of a dispatcher that has only these commands.
    static Optional<JsonNode> run(Map<String, Command> commands, String method, String arguments) {
        return new Dispatcher(RemoteAccess.FULL, new ArrayList<String>()::add)
                .with(commands)
                .run(request(method, arguments), "somebody");
    }

    /// The text under `ok`, or under `error` with a sign before it.
    static String answer(Map<String, Command> commands, String method, String arguments) {
        var reply = run(commands, method, arguments).orElseThrow();
        return reply.has("ok")
                ? reply.get("ok").textValue()
                : "! " + reply.path("error").textValue();
    }

    static boolean isChange(Map<String, Command> commands, String method, String arguments) {
        return Objects.requireNonNull(commands.get(method)).changes().test(new Arguments(json(arguments)));
    }

    static Job job(TaskMessage message) {
        return Given.job(message, ADD);
    }

    static Delivery delivery(TaskMessage message) {
        return Given.delivery(Given.wire(message), new FakeReceipt());
    }
}
