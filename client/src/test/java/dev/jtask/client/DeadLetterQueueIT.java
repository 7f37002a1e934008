package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.broker.UnroutableException;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dead letters are looked at and sent back.
@RabbitMqTest
class DeadLetterQueueIT {

    private static final Map<String, Object> DEATH = Map.of(
            "x-jtask-reason", "poison",
            "x-jtask-attempt", 4,
            "x-jtask-exception", "java.lang.Error: no");

    private final RabbitMqNode node;

    DeadLetterQueueIT(RabbitMqNode node) {
        this.node = node;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void thoseAskedForGoBackAndTheOthersStay(String type) throws Exception {
        var queue = "mended-" + type;
        try (var client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var first = client.send("t.any", 1).id();
            var second = client.send(TaskRequest.of("t.any", 2).idempotencyKey("order-7", Duration.ofHours(1)))
                    .id();
            die(connection, queue, type);
            var dead = client.deadLetters(queue);

            assertThat(dead.list()).extracting(DeadLetter::id).containsExactly(first, second);
            assertThat(dead.list().get(0)).satisfies(letter -> {
                assertThat(letter.task()).isEqualTo("t.any");
                assertThat(letter.reason()).isEqualTo("poison");
                assertThat(letter.attempts()).isEqualTo(4);
                assertThat(letter.exception()).isEqualTo("java.lang.Error: no");
            });
            assertThat(dead.sendBack(second, "unknown")).isEqualTo(1);

            assertThat(dead.list()).extracting(DeadLetter::id).containsExactly(first);
            var channel = connection.createChannel();
            var back = channel.basicGet(queue, true);
            assertThat(AmqpMessages.headers(back.getProps()))
                    .containsKeys("task", "x-jtask-idempotency-key", "x-jtask-idempotency-window")
                    .doesNotContainKeys("x-jtask-reason", "x-death");
            assertThat(AmqpMessages.headers(back.getProps()).get("retries")).isEqualTo(0);
        }
    }

    @Test
    void whatHasNoQueueToGoBackToStaysAndTheQueueIsNamed() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("lost").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var id = client.send("t.any", 1).id();
            die(connection, "lost", "classic");
            connection.createChannel().queueDelete("lost");
            var dead = client.deadLetters("lost");

            assertThatThrownBy(() -> dead.sendBack(id))
                    .isInstanceOf(UnroutableException.class)
                    .hasMessageContaining("'lost'")
                    .hasMessageContaining("declare it");
            // at once: nobody has to wait for the broker to put it back
            assertThat(connection.createChannel().messageCount("lost.dead")).isEqualTo(1);

            Queues.ensure(connection, "lost");
            assertThat(dead.sendBack(id)).isEqualTo(1);
            assertThat(dead.list()).isEmpty();
            assertThat(connection.createChannel().messageCount("lost")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void aPageTakesNothingThatIsBehindIt(String type) throws Exception {
        var queue = "paged-" + type;
        try (var client = TaskClient.builder(node.amqpUri()).queue(queue).connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var ids = client
                    .sendAll(IntStream.range(0, 5)
                            .mapToObj(i -> TaskRequest.of("t.any", i))
                            .toList())
                    .stream()
                    .map(TaskHandle::id)
                    .toList();
            die(connection, queue, type);
            var dead = client.deadLetters(queue);

            try (var pages = dead.pages(2)) {
                assertThat(pages.next()).extracting(DeadLetter::id).isEqualTo(ids.subList(0, 2));
                assertThat(dead.list())
                        .extracting(DeadLetter::id)
                        .as("the rest")
                        .isEqualTo(ids.subList(2, 5));
                assertThat(dead.sendBack(ids.get(3))).as("of the rest").isEqualTo(1);
                assertThat(pages.next()).extracting(DeadLetter::id).containsExactly(ids.get(2), ids.get(4));
                assertThat(pages.next()).isEmpty();
                assertThat(dead.list()).isEmpty();
            }

            assertThat(dead.list())
                    .extracting(DeadLetter::id)
                    .containsExactly(ids.get(0), ids.get(1), ids.get(2), ids.get(4));
            assertThatThrownBy(() -> dead.pages(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatDiesAgainAtOnceIsNotSentInCircles() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("circle").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            client.send("t.any", 1);
            client.send("t.any", 2);
            die(connection, "circle", "quorum");
            var channel = connection.createChannel();
            channel.basicConsume("circle", true, (tag, got) -> dieAgain(channel, got), tag -> {});
            var dead = client.deadLetters("circle");

            assertThat(dead.sendBack(letter -> {
                        // what was sent a moment ago is dead again when the next one is looked at
                        Awaitility.await()
                                .atMost(Duration.ofSeconds(60))
                                .until(() -> connection.createChannel().messageCount("circle") == 0);
                        return true;
                    }))
                    .isEqualTo(2);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> dead.list().size() == 2);
        }
    }

    @Test
    void thoseOfOneReasonTaskAndExceptionGoBackTogether() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("grouped").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            client.send("t.one", 1);
            die(connection, "grouped", "classic", Map.of("x-jtask-exception", "OSError('disk 1')"));
            var others = client.send("t.two", 1).id();
            die(connection, "grouped", "classic", Map.of("x-jtask-exception", "OSError('disk 1')"));
            client.send("t.one", 2);
            die(connection, "grouped", "classic", Map.of("x-jtask-exception", "OSError('disk 2')"));
            var dead = client.deadLetters("grouped");

            var groups = dead.groups();
            assertThat(groups)
                    .containsExactly(
                            new DeadLetterGroup("poison", "t.one", "OSError", 2),
                            new DeadLetterGroup("poison", "t.two", "OSError", 1));
            assertThat(dead.sendBack(groups.get(0))).isEqualTo(2);
            assertThat(dead.list()).extracting(DeadLetter::id).containsExactly(others);
            assertThat(connection.createChannel().messageCount("grouped")).isEqualTo(2);
        }
    }

    @Test
    void aLetterIsChangedAsItGoesBack() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("edited").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var id = client.send(TaskRequest.of("t.old", 1, "x")
                            .kwarg("since", "yesterday")
                            .header("tenant", "acme")
                            .priority(3))
                    .id();
            die(connection, "edited", "classic");
            Queues.ensure(connection, "elsewhere");

            int sent = client.deadLetters("edited")
                    .sendBack(
                            letter -> letter.id().equals(id),
                            edit -> edit.withTask("t.new")
                                    .withArg(1, edit.args().get(1).asText() + "y")
                                    .withKwarg("since", LocalDate.of(2026, 1, 1))
                                    .withQueue("elsewhere"));

            assertThat(sent).isEqualTo(1);
            var back = connection.createChannel().basicGet("elsewhere", true);
            var message = AmqpMessages.fromAmqp(back.getProps(), back.getBody());
            assertThat(TaskCodec.decode(message))
                    .asInstanceOf(type(DecodeResult.Decoded.class))
                    .satisfies(decoded -> {
                        var task = decoded.task();
                        assertThat(task.id()).isEqualTo(id);
                        assertThat(task.task()).isEqualTo("t.new");
                        assertThat(task.args()).hasToString("[1,\"xy\"]");
                        assertThat(task.argsRepr()).isEqualTo("(1, 'xy')");
                        assertThat(task.kwargs().toString()).contains("2026-01-01");
                        assertThat(task.retries()).isZero();
                        assertThat(task.priority()).isEqualTo(3);
                        assertThat(task.customHeaders())
                                .containsEntry("tenant", "acme")
                                .doesNotContainKeys("x-jtask-reason", "x-jtask-attempt");
                    });
            assertThat(client.deadLetters("edited").list()).isEmpty();
        }
    }

    @Test
    void whatCannotBeChangedStaysAndGoesBackAsItIs() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("garbled").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            client.send("t.any");
            var channel = connection.createChannel();
            channel.queuePurge("garbled");
            channel.basicPublish(
                    "",
                    "garbled",
                    new BasicProperties.Builder()
                            .contentType("application/json")
                            .headers(Map.of("id", "g", "task", "t.any"))
                            .build(),
                    "no json".getBytes(StandardCharsets.UTF_8));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> channel.messageCount("garbled") == 1);
            die(connection, "garbled", "classic");
            var dead = client.deadLetters("garbled");

            assertThatThrownBy(() -> dead.sendBack(letter -> true, edit -> edit.withArgs(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("letter 'g' of task 't.any' cannot be changed");
            assertThat(dead.list()).hasSize(1);
            assertThat(dead.sendBack("g")).isEqualTo(1);
        }
    }

    @Test
    void whatHasExpiredMeanwhileExpiresNoMore() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("late").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            client.send(TaskRequest.of("t.any").expires(Instant.now().plus(Duration.ofHours(1))));
            die(connection, "late", "classic", Map.of("expires", "2026-01-01T00:00:00+00:00"));
            client.send(TaskRequest.of("t.any").expires(Instant.now().plus(Duration.ofHours(1))));
            die(connection, "late", "classic", Map.of());
            var dead = client.deadLetters("late");
            assertThat(dead.list())
                    .extracting(
                            letter -> letter.message().properties().headers().get("expires"))
                    .doesNotContainNull();

            dead.sendBack(letter -> true);

            var channel = connection.createChannel();
            assertThat(AmqpMessages.headers(channel.basicGet("late", true).getProps())
                            .get("expires"))
                    .isNull();
            assertThat(AmqpMessages.headers(channel.basicGet("late", true).getProps())
                            .get("expires"))
                    .as("what has time left keeps it")
                    .isNotNull();
        }
    }

    @Test
    void failedTasksAreLettersOfTheSameKind() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("failing").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var id = client.send("t.any", 1).id();
            die(connection, "failing", "quorum", ".failed", Map.of());
            assertThatThrownBy(() -> client.deadLetters("failing").list()).hasMessageContaining("'failing.dead'");
            var failed = client.failedTasks("failing");

            assertThat(failed.list()).extracting(DeadLetter::id).containsExactly(id);
            assertThat(failed.sendBack(id)).isEqualTo(1);
            assertThat(failed.list()).isEmpty();
            assertThat(connection.createChannel().messageCount("failing")).isEqualTo(1);
        }
    }

    @Test
    void aConditionThatThrowsLeavesEverythingWhereItIs() throws Exception {
        try (var client = TaskClient.builder(node.amqpUri()).queue("kept").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            client.send("t.any", 1);
            die(connection, "kept", "classic");

            assertThatThrownBy(() -> client.deadLetters("kept").sendBack(letter -> {
                        throw new IllegalStateException("cannot tell " + letter.id());
                    }))
                    .hasMessageContaining("cannot tell");
            assertThat(client.deadLetters("kept").list()).hasSize(1);
        }
    }

    @Test
    void aQueueWithoutDeadLettersIsNamed() {
        try (var client = TaskClient.connect(node.amqpUri())) {
            assertThatThrownBy(() -> client.deadLetters("healthy").list()).hasMessageContaining("'healthy.dead'");
        }
    }

    /// What a worker does with a message that it cannot run.
    @Test
    void areLookedAtForEverWhateverTypeTheirQueueHas() throws Exception {
        var uri = node.amqpUri();
        // older ones have no default for a virtual host, and no limit to their quorum queues
        if (!node.ctl("version").startsWith("3.")) {
            node.ctl("add_vhost", "quorums", "--default-queue-type", "quorum");
            node.ctl("set_permissions", "-p", "quorums", "guest", ".*", ".*", ".*");
            uri += "/quorums";
        }
        try (var client = TaskClient.builder(uri).queue("looked").connect();
                var connection = BrokerConnections.open(BrokerOptions.of(uri))) {
            var id = client.send("t.any", 1).id();
            Queues.ensurePlain(connection, "looked.dead"); // as a worker does
            var channel = connection.createChannel();
            channel.confirmSelect();
            var message = channel.basicGet("looked", true);
            var headers = AmqpMessages.headers(message.getProps());
            channel.basicPublish(
                    "",
                    "looked.dead",
                    message.getProps().builder().headers(headers).build(),
                    message.getBody());
            channel.waitForConfirmsOrDie(60_000);
            var dead = client.deadLetters("looked");

            for (int look = 0; look < 50; look++) {
                assertThat(dead.list())
                        .as("look %s", look)
                        .extracting(DeadLetter::id)
                        .containsExactly(id);
            }
        }
    }

    private static void die(Connection connection, String queue, String type)
            throws IOException, TimeoutException, InterruptedException {
        die(connection, queue, type, Map.of());
    }

    private static void die(Connection connection, String queue, String type, Map<String, Object> more)
            throws IOException, TimeoutException, InterruptedException {
        die(connection, queue, type, ".dead", more);
    }

    private static void die(Connection connection, String queue, String type, String where, Map<String, Object> more)
            throws IOException, TimeoutException, InterruptedException {
        var channel = connection.createChannel();
        channel.confirmSelect();
        channel.queueDeclare(queue + where, true, false, false, Map.of("x-queue-type", type));
        for (var got = channel.basicGet(queue, true); got != null; got = channel.basicGet(queue, true)) {
            var headers = new LinkedHashMap<>(AmqpMessages.headers(got.getProps()));
            headers.putAll(DEATH);
            headers.put("x-jtask-queue", queue);
            headers.putAll(more);
            BasicProperties properties =
                    got.getProps().builder().headers(headers).build();
            // a quorum queue that is new on a busy machine may have no leader yet, and refuses
            do {
                channel.basicPublish("", queue + where, properties, got.getBody());
            } while (!channel.waitForConfirms(60_000));
        }
        channel.abort();
    }

    private static void dieAgain(Channel channel, Delivery got) throws IOException {
        var headers = AmqpMessages.headers(got.getProperties());
        channel.basicPublish(
                "",
                "circle.dead",
                got.getProperties().builder().headers(headers).build(),
                got.getBody());
    }
}
