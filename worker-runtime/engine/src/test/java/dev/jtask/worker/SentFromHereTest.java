package dev.jtask.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.Joined;
import dev.jtask.backend.ResultStore;
import dev.jtask.backend.StoreServer;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.Embed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.schedule.Rota;
import dev.jtask.schedule.Schedule;
import dev.jtask.seal.Seal;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.fakes.FakeChords;
import dev.jtask.worker.fakes.FakeClaims;
import dev.jtask.worker.fakes.FakePermits;
import dev.jtask.worker.fakes.FakePieces;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.FakeResults;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.RecordingListener;
import dev.jtask.worker.fakes.RecordingMisses;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.heart.Heart;
import dev.jtask.worker.heart.Needs;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Discretion;
import dev.jtask.worker.run.Slots;
import dev.jtask.worker.run.TimeLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a worker sends goes to the same queue with the same priority, and says the same of its result, whichever
/// way it is sent.
class SentFromHereTest {

    private static final String ROUTES = "t.routed=slow,p.*=py";
    private static final NullNode NONE = NullNode.instance;

    private static final List<TaskDefinition> KNOWN = List.of(
            known("t.routed", "own", 8), known("t.own", "own", 8), known("t.plain", null, 0), known("t.soon", null, 3));

    private static final List<TaskRequest<?>> REQUESTS = List.of(
            TaskRequest.of("t.routed"),
            TaskRequest.of("t.own"),
            TaskRequest.of("t.plain"),
            TaskRequest.of("t.soon"),
            TaskRequest.of("p.far"),
            TaskRequest.of("who.knows"),
            TaskRequest.of("t.routed").queue("else").priority(1),
            TaskRequest.of("t.own").route("there", "key").ignoringResult());

    /// On this it is agreed: the request's own word, the routes, the task's annotation, where its sender is.
    private static final List<Sent> TABLE = List.of(
            new Sent("t.routed", Route.toQueue("slow"), 8, null),
            new Sent("t.own", Route.toQueue("own"), 8, null),
            new Sent("t.plain", Route.toQueue(Given.QUEUE), 0, null),
            new Sent("t.soon", Route.toQueue(Given.QUEUE), 3, null),
            new Sent("p.far", Route.toQueue("py"), 0, null),
            new Sent("who.knows", Route.toQueue(Given.QUEUE), 0, null),
            new Sent("t.routed", Route.toQueue("else"), 1, null),
            new Sent("t.own", new Route("there", "key"), 8, true));

    /// @param ignoresResult null where the task's own option decides
    private record Sent(
            String task, Route to, int priority, @Nullable Boolean ignoresResult) {

        static Optional<Sent> of(Route to, WireMessage message) {
            return TaskCodec.decode(message) instanceof DecodeResult.Decoded(var task)
                    ? Optional.of(new Sent(task.task(), to, task.priority(), task.ignoreResult()))
                    : Optional.empty();
        }
    }

    /// All that send from here.
    enum Way {
        CONTEXT,
        LINK,
        ERROR_LINK,
        CHAIN,
        CHORD,
        CLOCK
    }

    @ParameterizedTest
    @EnumSource
    void allWaysAreAlike(Way way) throws InterruptedException {
        assertThat(sent(way)).containsExactlyElementsOf(TABLE);
    }

    private static List<Sent> sent(Way way) throws InterruptedException {
        if (way == Way.CLOCK) {
            return byTheClock();
        }
        var all = new ArrayList<Sent>();
        for (var request : REQUESTS) {
            all.addAll(byATask(way, request));
        }
        return all;
    }

    private static List<Sent> byTheClock() {
        var builder = Worker.builder()
                .broker("amqp://127.0.0.1:1/")
                .queues(Given.QUEUE, "other")
                .routes(ROUTES);
        KNOWN.forEach(builder::task);
        for (var request : REQUESTS) {
            var name = "s" + REQUESTS.indexOf(request);
            builder.schedules("shop", Schedule.every(name, Duration.ofHours(1), request));
        }
        builder.start().stop();

        var all = new ArrayList<Sent>();
        Rota.begin(
                        "shop",
                        "celery",
                        builder.plan.schedules(),
                        (to, message) -> Sent.of(to, message).ifPresent(all::add),
                        SettableClock.START)
                .pass(SettableClock.START.plus(Duration.ofHours(1)));
        return all;
    }

    private static List<Sent> byATask(Way way, TaskRequest<?> request) throws InterruptedException {
        var sender = new RecordingSender();
        var next = TaskRequest.of("any")
                .link(request)
                .message("any")
                .build()
                .embed()
                .callbacks()
                .get(0);
        var message = Given.message("a").toBuilder().embed(embed(way, next)).group("g", 0);
        var slot = requireNonNull(new Slots(1).take(0, TimeUnit.SECONDS));

        heart(way, request, sender).runner().run(Given.delivery(Given.wire(message.build()), new FakeReceipt()), slot);

        return sender.sent().stream()
                .flatMap(each -> Sent.of(each.parcel().route(), each.parcel().message()).stream())
                .toList();
    }

    private static Embed embed(Way way, JsonNode next) {
        var one = JsonNodeFactory.instance.arrayNode().add(next);
        return switch (way) {
            case CONTEXT, CLOCK -> Embed.NONE;
            case LINK -> new Embed(one, NONE, NONE, NONE);
            case ERROR_LINK -> new Embed(NONE, one, NONE, NONE);
            case CHAIN -> new Embed(NONE, NONE, one, NONE);
            case CHORD -> new Embed(NONE, NONE, NONE, next);
        };
    }

    private static JsonNode run(Way way, TaskRequest<?> request, TaskContext context) {
        return switch (way) {
            case CONTEXT -> JsonNodeFactory.instance.textNode(context.send(request));
            case ERROR_LINK -> throw new IllegalStateException("as it was told to");
            case LINK, CHAIN, CHORD, CLOCK -> NONE;
        };
    }

    private static Heart heart(Way way, TaskRequest<?> request, RecordingSender sender) {
        var tasks = new ArrayList<>(KNOWN);
        tasks.add(TaskDefinition.of(Given.TASK, (args, kwargs, context) -> run(way, request, context)));
        var chords = new FakeChords(new Journal());
        chords.join(part -> Optional.of(new Joined.Results(JsonNodeFactory.instance.arrayNode())));
        var clock = new SettableClock();
        var timer = new HandTimer();
        return new Heart(new Needs(
                new TaskRegistry(tasks),
                Routes.parse(ROUTES),
                KeptQueues.NONE,
                "jtask@here",
                new Results.Disabled(),
                new ResultStore(
                        new FakeResults(CompletableFuture.allOf()),
                        new FakePieces(),
                        chords,
                        new FakeClaims(),
                        new Nowhere()),
                sender,
                AfterCommit.NONE,
                new RecordingListener(),
                new RecordingMisses(new Journal()),
                Tracing.openTelemetry(),
                List.of(),
                timer,
                new TimeLimiter(timer),
                new FakePermits(),
                new FakeSignals(),
                () -> 0L,
                Seal.NONE,
                Discretion.USUAL,
                clock));
    }

    private static TaskDefinition known(String name, @Nullable String queue, int priority) {
        var usual = TaskOptions.DEFAULT.with(TaskOptions.Trait.IGNORES_RESULT);
        return TaskDefinition.of(name, (args, kwargs, context) -> null)
                .withOptions(new TaskOptions(
                        usual.retries(),
                        null,
                        null,
                        null,
                        usual.expected(),
                        usual.traits(),
                        queue,
                        priority,
                        usual.shared()));
    }

    private static final class Nowhere implements StoreServer {

        @Override
        public CompletableFuture<Void> ping() {
            return CompletableFuture.allOf();
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "nowhere";
        }
    }
}
