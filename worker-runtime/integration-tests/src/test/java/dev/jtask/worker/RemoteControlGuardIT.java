package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.client.TaskClient;
import dev.jtask.protocol.topology.Pidbox;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.WorkerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What anybody who may publish on the broker sends to a worker does it no harm.
@RabbitMqTest
class RemoteControlGuardIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUEUE = "guarded";
    private static final String NODE = "test@" + QUEUE;

    private final TestTasks tasks = new TestTasks();
    private RabbitMqNode node;
    private TaskClient client;
    private WorkerProgram worker;
    private Stranger stranger;

    @BeforeEach
    void start(RabbitMqNode broker) throws IOException {
        node = broker;
        client = TaskClient.builder(broker.amqpUri()).queue(QUEUE).connect();
        worker = Workers.start(broker, tasks, QUEUE);
        stranger = new Stranger(broker.amqpUri());
        stranger.awaitAnswer(NODE);
    }

    @AfterEach
    void stop() {
        tasks.gate.countDown();
        stranger.close();
        worker.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                           | queue is missing
            {'queue': ''}                                                | queue must be a text
            {'queue': 5}                                                 | queue must be a text
            {'queue': 'LONG'}                                            | at most 255 bytes
            {'queue': 'amq.evil'}                                        | ACCESS_REFUSED
            {'queue': 'guarded-taken'}                                   | RESOURCE_LOCKED
            {'queue': 'guarded-2', 'exchange': 'x', 'exchange_type': 'z'} | exchange type
            {'queue': 'guarded-2', 'exchange': 'amq.direct', 'exchange_type': 'topic'} | PRECONDITION_FAILED
            """)
    void aQueueThatCannotBeHadIsAnErrorAndNothingElse(String arguments, String reason) throws Exception {
        stranger.channel().queueDeclare("guarded-taken", false, true, true, Map.of());
        assertThat(error("add_consumer", arguments.replace("LONG", "x".repeat(300))))
                .contains(reason);
        assertThat(ask("active_queues", "{}")).hasSize(1);
        assertIsWell();
    }

    @Test
    void anAddedQueueHasItsConsumerWhenTheAnswerComes() throws Exception {
        assertThat(ok("add_consumer", "{'queue': 'guarded-3'}")).isEqualTo("add consumer guarded-3");
        // a second subscription once there is more room
        assertThat(stranger.channel().queueDeclarePassive("guarded-3").getConsumerCount())
                .isPositive();
        assertThat(ok("add_consumer", "{'queue': 'guarded-3'}")).as("once more").isEqualTo("add consumer guarded-3");
        assertThat(ask("active_queues", "{}")).hasSize(2);
        assertIsWell();
    }

    @Test
    void thePoolStaysWithinItsBounds() throws Exception {
        for (var n : List.of("-100", "0", "2147483647", "1e9", "'many'", "null", "99999999999999999999")) {
            assertThat(error("pool_grow", "{'n': %s}".formatted(n))).contains("n must be a whole number");
            assertThat(error("pool_shrink", "{'n': %s}".formatted(n))).contains("n must be a whole number");
        }
        assertThat(slots()).isEqualTo(4);
        assertThat(ok("pool_shrink", "{'n': 10000}")).isEqualTo("pool will shrink");
        assertThat(slots()).isEqualTo(1);
        assertIsWell();
    }

    @Test
    void repliesGoThroughTheExchangeOfRepliesOnly() throws Exception {
        stranger.channel().queueDeclare("guarded-victim", false, true, true, Map.of());
        stranger.shout(
                "{'method': 'ping', 'ticket': 't', 'reply_to': {'exchange': '', 'routing_key': 'guarded-victim'}}");
        stranger.shout(
                "{'method': 'ping', 'ticket': 't', 'reply_to': {'exchange': 'nowhere', 'routing_key': 'guarded-victim'}}");
        assertThat(ok("ping", "{}")).isEqualTo("pong");
        assertThat(stranger.channel().messageCount("guarded-victim")).isZero();
    }

    @Test
    void whoMayNotPublishToTheExchangeControlsNothing() throws Exception {
        var permissions = permissions("sends tasks to");
        node.users().add("producer", "producer");
        node.users().permit("producer", permissions[1], permissions[2].replace("orders", QUEUE), permissions[3]);
        var uri = node.amqpUri().replace("guest:guest", "producer:producer");
        try (var producer = TaskClient.builder(uri).queue(QUEUE).connect()) {
            assertThat(producer.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            assertThatThrownBy(() -> producer.workers().shutdown()).hasMessageContaining("ACCESS_REFUSED");
            var request = "{'method': 'pool_grow', 'arguments': {'n': 2}}".replace('\'', '"');
            try (var connection = BrokerConnections.open(BrokerOptions.of(uri))) {
                connection
                        .createChannel()
                        .basicPublish("", Pidbox.mailbox(NODE), null, request.getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(slots()).as("the detour over the default exchange").isEqualTo(4);
    }

    @Test
    void whoMayPublishToTheExchangeNeedsNothingElse() throws Exception {
        var permissions = permissions("only asks and controls");
        node.users().add("controller", "controller");
        node.users().permit("controller", permissions[1], permissions[2], permissions[3]);
        try (var controller = new Stranger(node.amqpUri().replace("guest:guest", "controller:controller"))) {
            assertThat(controller.ask(NODE, "pool_grow", "{}").path("ok").asText())
                    .isEqualTo("pool will grow");
        }
    }

    @Test
    void aLostReplyChannelComesBack() throws Exception {
        stranger.channel().exchangeDelete(Pidbox.REPLIES.name());
        stranger.shout("{'method': 'ping', 'ticket': 't', 'reply_to': {'exchange': '%s', 'routing_key': 'k'}}"
                .formatted(Pidbox.REPLIES.name()));
        stranger.awaitAnswer(NODE);
        assertIsWell();
    }

    @Test
    void aLostMailboxComesBack() throws Exception {
        node.shell().deleteQueue(Pidbox.mailbox(NODE));
        stranger.awaitAnswer(NODE);
        assertIsWell();
    }

    @Test
    void takesNoHarmFromWhatIsNoRequest() throws Exception {
        var deep = "{'method': 'ping', 'arguments': {'a': " + "[".repeat(50_000) + "]".repeat(50_000) + "}}";
        var wide = "{'method': 'hello', 'arguments': {'from_node': 'x', 'clock': 9223372036854775807}}";
        for (int i = 0; i < 200; i++) {
            stranger.shout(deep);
            stranger.shout(wide);
            stranger.shout("not json \u0000\u2028\n");
            stranger.shout("{'method': ['ping']}");
            stranger.shout("{'method': 'ping', 'pattern': '%s!!', 'matcher': 'glob'}".formatted("*".repeat(16)));
            stranger.shout("{'method': 'ping', 'pattern': '(([a-z0-9@-]+)+)+!', 'matcher': 'pcre'}");
            stranger.shout("{'method': 'nothing-%d', 'arguments': null}".formatted(i));
        }
        assertThat(ok("ping", "{}")).isEqualTo("pong");
        assertThat(ask("clock", "{}").path("clock").longValue()).isBetween(1L, 1_000_000L);
        assertIsWell();
    }

    @Test
    void onlyAnswersQuestionsWhereItIsToldSo() throws Exception {
        try (var _ = Workers.start(node, new TestTasks(), "guarded-i", "JTASK_REMOTE_CONTROL", "inspect")) {
            stranger.awaitAnswer("test@guarded-i");
            assertThat(stranger.ask("test@guarded-i", "active_queues", "{}")).hasSize(1);
            for (var change : List.of("pool_grow", "shutdown", "revoke", "add_consumer", "rate_limit")) {
                assertThat(stranger.ask("test@guarded-i", change, "{'task_id': 'x', 'queue': 'guarded-4'}")
                                .path("error")
                                .textValue())
                        .isEqualTo(change
                                + " is not allowed: this worker only answers questions (JTASK_REMOTE_CONTROL=inspect)");
            }
            assertThat(stranger.ask("test@guarded-i", "revoked", "{}")).isEmpty();
        }
    }

    @Test
    void hasNoMailboxWhereItIsOff() throws Exception {
        try (var off = Workers.start(node, new TestTasks(), "guarded-o", "JTASK_REMOTE_CONTROL", "off")) {
            assertThat(stranger.ask("test@guarded-o", "ping", "{}", 2)).isEmpty();
            assertThat(node.shell().queues("messages")).doesNotContain(Pidbox.mailbox("test@guarded-o"));
            assertThat(off.isReady()).isTrue();
        }
    }

    @Test
    void notesWhoChangedWhat() throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        var audit = Logger.getLogger("dev.jtask.audit");
        var handler = new Lines(lines);
        audit.addHandler(handler);
        try {
            ok("ping", "{}");
            ok("pool_grow", "{'n': 2}");
            error("add_consumer", "{}");
            ok("revoke", "{'task_id': 'guarded-gone'}");
        } finally {
            audit.removeHandler(handler);
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("remote control: pool_grow {\"n\":2} by reply key ")
                .contains(", ticket ")
                .endsWith(": {\"ok\":\"pool will grow\"}");
        assertThat(lines.get(1)).contains("add_consumer {} by ", "queue is missing");
        assertThat(lines.get(2)).contains("revoke {\"task_id\":\"guarded-gone\"}");
    }

    @Test
    void aSecondShutdownIsNotImpatient() throws Exception {
        var running = client.send("t.wait");
        Awaitility.await("it runs").atMost(SOON).until(() -> tasks.waiting.get() == 1);
        stranger.ask(NODE, "shutdown", "{}", 1);
        stranger.ask(NODE, "shutdown", "{}", 1);
        assertThat(ok("ping", "{}")).as("it still drains").isEqualTo("pong");
        tasks.gate.countDown();
        assertThat(running.get(SOON).textValue()).isEqualTo("opened");
        worker.awaitStopped();
    }

    @Test
    void itsEndDoesNotWaitForABrokerThatBlocksPublishers() throws IOException {
        try (var own = RabbitMqNode.start()) {
            var busy = Workers.start(own, new TestTasks(), "guarded-b", "JTASK_EVENTS", "true");
            try (var other = new Stranger(own.amqpUri())) {
                other.awaitAnswer("test@guarded-b");
                own.shell().limitMemory(0.000001);
                Awaitility.await("a blocked connection")
                        .atMost(SOON)
                        .until(() -> own.shell()
                                .connections("client_properties", "state")
                                .lines()
                                .anyMatch(line -> line.contains("guarded-b talks") && line.endsWith("blocked")));
                long began = System.nanoTime();
                busy.close();
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            } finally {
                own.shell().limitMemory(0.6);
            }
        }
    }

    private void assertIsWell() throws IOException {
        assertThat(client.send("t.add", 4, 6).get(SOON).intValue()).isEqualTo(10);
        assertThat(worker.isReady()).isTrue();
        assertThat(Workers.metrics(worker)).contains("jtask_worker_reconnects_total 0.0");
    }

    /// The guide's own: who, configure, write, read.
    private static String[] permissions(String who) throws IOException {
        var row = Guides.operating()
                .lines()
                .filter(line -> line.startsWith("| " + who))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(row.substring(1).split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("`", "").replace("\\|", "|"))
                .toArray(String[]::new);
    }

    private int slots() throws Exception {
        return ask("stats", "{}").path("pool").path("max-concurrency").intValue();
    }

    private String ok(String method, String arguments) throws Exception {
        return ask(method, arguments).path("ok").asText();
    }

    private String error(String method, String arguments) throws Exception {
        return ask(method, arguments).path("error").asText();
    }

    private JsonNode ask(String method, String arguments) throws Exception {
        return stranger.ask(NODE, method, arguments);
    }

    /// Keeps lines of the log.
    private static final class Lines extends Handler {

        private final List<String> kept;

        Lines(List<String> kept) {
            this.kept = kept;
        }

        @Override
        public void publish(LogRecord line) {
            kept.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
