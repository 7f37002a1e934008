package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.Sender;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.task.SignalTimeoutException;
import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.RedisNode;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that runs signed tasks only: all that a client and the worker itself send, and nothing that anybody
/// else does.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class SignaturesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final String queue = "signed-" + UUID.randomUUID();
    private final Tasks tasks = new Tasks();
    private final String workers = KeySets.shared("workers-1", "sig");
    private RabbitMqNode node;
    private RedisNode redis;
    private RawMessages raw;
    private WorkerProgram worker;
    private TaskClient client;
    private TaskClient stranger;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        raw = new RawMessages(broker);
        redis = RedisNode.start();
        worker = worker("require");
        // the public half of the client's key is enough for the worker
        client = client(KeySets.write(folder.resolve("client.json"), KeySets.SIGNING));
        stranger = TaskClient.builder(node.amqpUri())
                .resultBackend(redis.uri())
                .queue(queue)
                .connect();
    }

    @AfterEach
    void stop() throws IOException {
        stranger.close();
        client.close();
        worker.close();
        redis.close();
        raw.delete(queue);
        raw.delete(queue + ".dead");
        raw.close();
    }

    @Test
    void whatClientsAndTheWorkerItselfSendIsRun() throws IOException {
        assertThat(client.send(add(1, 2)).get(SOON)).isEqualTo(3);
        assertThat(client.send(add(1, 2).countdown(Duration.ofSeconds(2))).get(SOON))
                .isEqualTo(3);
        assertThat(client.send(TaskRequest.of("g.retry", 3).returning(Integer.class))
                        .get(SOON))
                .isEqualTo(3);
        assertThat(client.send(Chain.of(add(1, 1))
                                .then(TaskRequest.of("g.add", 2).returning(Integer.class)))
                        .get(SOON))
                .isEqualTo(4);
        assertThat(client.send(new Chord<>(
                                Group.of(List.of(add(1, 1), add(2, 2))),
                                TaskRequest.of("g.sum").returning(Integer.class)))
                        .get(SOON))
                .isEqualTo(6);
        assertThat(client.send(TaskRequest.of("g.send").returning(String.class)).get(SOON))
                .isEqualTo("sent");
        await().atMost(SOON).until(() -> tasks.counted.get() == 1);
        assertThat(Workers.metrics(worker)).doesNotContain("outcome=\"rejected\"");
    }

    @Test
    void anUnsignedMessageIsADeadLetterOnceAndNobodyIsToldInItsName() {
        var victim = client.send(add(1, 2));
        assertThat(victim.get(SOON)).isEqualTo(3);
        var forged = stranger.send(TaskRequest.of("g.count"));

        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> client.deadLetters(queue).list().size() == 1);
        var letter = client.deadLetters(queue).list().getFirst();
        assertThat(letter.reason()).isEqualTo("the message is not signed, and this worker runs none that is not");
        assertThat(letter.id()).isEqualTo(forged.id());
        assertThat(tasks.counted).hasValue(0);
        assertThat(forged.isReady()).isFalse();

        assertThat(client.deadLetters(queue).sendBack(forged.id())).isEqualTo(1);
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> client.deadLetters(queue).list().size() == 1);
        assertThat(tasks.counted).as("who sends it back does not vouch for it").hasValue(0);
    }

    @Test
    void aMessageThatWasChangedIsRefused() throws IOException {
        var message = captured(TaskRequest.of("g.pay", 10));

        send(with(message, "task", "g.count"));
        send(with(message, "x-tenant", "other"));
        send(new WireMessage(message.properties(), "[[1000], {}, {}]".getBytes(StandardCharsets.UTF_8)));
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> client.deadLetters(queue).list().size() == 3);
        assertThat(client.deadLetters(queue).list())
                .allSatisfy(letter -> assertThat(letter.reason()).contains("the message was changed"));
        assertThat(tasks.counted).hasValue(0);

        send(message);
        await().atMost(SOON).until(() -> tasks.counted.get() == 10);
    }

    @Test
    void aCopyOfAMessageIsRefusedOnceTheFirstHasRun() throws IOException {
        var message = captured(TaskRequest.of("g.count"));
        send(message);
        await().atMost(SOON).until(() -> tasks.counted.get() == 1);
        // once it is settled
        assertThat(client.send(add(1, 1)).get(SOON)).isEqualTo(2);

        send(message);

        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> client.deadLetters(queue).list().size() == 1);
        assertThat(client.deadLetters(queue).list().getFirst().reason()).contains("has run here already");
        assertThat(tasks.counted).hasValue(1);
    }

    @Test
    void untilWhenATaskWaitsIsNobodyElsesToSay() throws IOException {
        var message = captured(TaskRequest.of("g.wait"));
        var id = String.valueOf(message.properties().headers().get("id"));
        var handle = client.handle(id, String.class);

        send(with(message, JtaskHeaders.SIGNALS, Map.of("approval", -1L)));

        await().atMost(SOON).until(() -> handle.status().equals("WAITING"));
        assertThat(client.signal(id, "approval", "yes")).isTrue();
        assertThat(handle.get(SOON)).isEqualTo("yes");
        assertThat(Workers.metrics(worker)).doesNotContain("outcome=\"rejected\"");
    }

    @Test
    void aValueThatNobodyVouchesForDecidesNothingAndMakesRoom() {
        var handle = client.send(TaskRequest.of("g.wait").returning(String.class));
        await().atMost(SOON).until(() -> handle.status().equals("WAITING"));
        var place = new SignalPlace(handle.id(), "approval");
        // by whoever may write to the default exchange
        send(place.value(), SignalMessage.of(handle.id(), "approval", "v", "no"));

        await("there is room").atMost(SOON).until(() -> client.signal(handle.id(), "approval", "yes"));

        assertThat(handle.get(SOON)).isEqualTo("yes");
    }

    @Test
    void aFailedTaskThatIsSentBackIsSignedAnew() {
        // with an argument that the letter does not show
        var rejected = client.send(TaskRequest.of("g.reject", "h4nter2"));
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> client.deadLetters(queue).list().size() == 1);
        assertThat(client.deadLetters(queue)
                        .list()
                        .getFirst()
                        .message()
                        .properties()
                        .headers())
                .containsEntry("argsrepr", "('<redacted>',)");
        tasks.open = true;

        assertThat(client.deadLetters(queue).sendBack(rejected.id())).isEqualTo(1);

        await().atMost(SOON).until(() -> tasks.counted.get() == 1);
    }

    @Test
    void whereItIsOnlyWarnedOfAllRunAndTheLogSaysSo() throws IOException {
        worker.close();
        try (var log = new LogLines()) {
            worker = worker("warn");

            assertThat(stranger.send(add(1, 2)).get(SOON)).isEqualTo(3);
            assertThat(client.send(add(1, 2)).get(SOON)).isEqualTo(3);
            assertThat(log.count("the message is not signed")).isEqualTo(1);
            assertThat(log.count("signatures are only warned of")).isEqualTo(1);
        }
    }

    @Test
    void aWorkerThatCouldNotSignItsRetriesDoesNotStart() {
        var halves = KeySets.write(folder.resolve("halves.json"), publicHalf());

        assertThatThrownBy(() -> Workers.start(
                        node, tasks, queue, "JTASK_KEYS_FILE", halves.toString(), "JTASK_SIGNATURES", "require"))
                .hasMessageContaining("this worker's own retries would be refused");
        assertThatThrownBy(() -> Workers.start(node, tasks, queue, "JTASK_SIGNATURES", "require"))
                .hasMessageContaining("JTASK_KEYS_FILE");
    }

    private WorkerProgram worker(String policy) throws IOException {
        var keys = KeySets.write(folder.resolve("worker.json"), publicHalf(), workers);
        return Workers.start(
                node,
                tasks,
                queue,
                "JTASK_RESULT_BACKEND",
                redis.uri(),
                "JTASK_KEYS_FILE",
                keys.toString(),
                "JTASK_SIGNATURES",
                policy);
    }

    private static String publicHalf() {
        return KeySets.SIGNING.replaceAll(", \"d\": \"[^\"]+\"", "");
    }

    private TaskClient client(Path keys) {
        return TaskClient.builder(node.amqpUri())
                .resultBackend(redis.uri())
                .queue(queue)
                .keys(keys)
                .connect();
    }

    /// A message as the client sends it, which nobody has run.
    private WireMessage captured(TaskRequest<?> request) throws IOException {
        var aside = queue + ".aside";
        raw.declare(aside, Map.of());
        try {
            client.send(request.queue(aside));
            return raw.take(aside);
        } finally {
            raw.delete(aside);
        }
    }

    private void send(WireMessage message) {
        send(queue, message);
    }

    private void send(String to, WireMessage message) {
        try (var sender = Sender.to(BrokerOptions.of(node.amqpUri()))) {
            sender.send(Parcel.reply(to, message), Patience.none(SOON)).join();
        }
    }

    private static WireMessage with(WireMessage message, String header, Object value) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        headers.put(header, value);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    private static TaskRequest<Integer> add(int x, int y) {
        return TaskRequest.of("g.add", x, y).returning(Integer.class);
    }

    /// Tasks that count what was done.
    public static final class Tasks {

        final AtomicInteger counted = new AtomicInteger();
        volatile boolean open;

        @Task("g.add")
        public int add(int x, int y) {
            return x + y;
        }

        @Task("g.sum")
        public int sum(List<Integer> values) {
            return values.stream().mapToInt(value -> value).sum();
        }

        @Task("g.count")
        public void count() {
            counted.incrementAndGet();
        }

        @Task("g.pay")
        public void pay(int amount) {
            counted.addAndGet(amount);
        }

        @Task(value = "g.retry", retryDelay = "1s", maxRetries = 3, retryFor = IOException.class)
        public int retry(int attempts, TaskContext context) throws IOException {
            if (context.attempt() < attempts) {
                throw new IOException("not yet");
            }
            return context.attempt();
        }

        @Task("g.send")
        public String send(TaskContext context) {
            context.send("g.count");
            return "sent";
        }

        @Task("g.wait")
        public String await(TaskContext context) {
            try {
                return context.awaitSignal("approval", String.class, Duration.ofMinutes(10));
            } catch (SignalTimeoutException e) {
                return "nobody answered";
            }
        }

        @Task("g.reject")
        public void reject(String password, TaskContext context) {
            if (!open) {
                throw context.reject("not now");
            }
            counted.incrementAndGet();
        }
    }
}
