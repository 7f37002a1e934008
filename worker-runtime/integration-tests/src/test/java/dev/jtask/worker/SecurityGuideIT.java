package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.PublishException;
import dev.jtask.client.TaskClient;
import dev.jtask.schedule.Schedule;
import dev.jtask.schedule.Scheduler;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.registry.TaskClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The permissions of docs/security.md are enough for each role, and no more.
@RabbitMqTest
class SecurityGuideIT {

    private static final String QUEUE = "secured";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<String> enrolled = new ArrayList<>();
    private final RabbitMqNode node;
    private RawMessages raw;

    SecurityGuideIT(RabbitMqNode node) {
        this.node = node;
    }

    @BeforeEach
    void enrol() throws IOException {
        raw = new RawMessages(node);
        raw.declare("foreign", Map.of());
        enrol("sender", "sends tasks, gets results");
        enrol("delayer", "also sends tasks with delays");
        enrol("teller", "also tells ");
        enrol("giver", "also gives signals");
        enrol("scheduler", "sends by ");
        enrol("runner", "runs tasks; ");
        enrol("prompt", "runs tasks that nobody delays");
        enrol("keeper", "runs tasks, keeps ");
        enrol("waiter", "runs tasks with ");
        enrol("answerer", "runs tasks and answers");
        enrol("controller", "only asks and controls");
        enrol("watcher", "only watches events");
        enrol("reader", "only looks at ");
        enrol("mender", "also sends them back");
    }

    @AfterEach
    void leave() throws IOException {
        for (var queue : new String[] {QUEUE, QUEUE + ".dead", QUEUE + ".failed", QUEUE + ".suspects", "foreign"}) {
            raw.delete(queue);
        }
        raw.close();
        enrolled.forEach(node.users()::delete);
    }

    @Test
    void areEnoughForTasksResultsDelaysAndDeadLetters() throws Exception {
        try (var worker = Workers.start(
                        node,
                        new TestTasks(),
                        QUEUE,
                        "JTASK_BROKER_URI",
                        uri("runner"),
                        "JTASK_REMOTE_CONTROL",
                        "off");
                var client = TaskClient.builder(uri("sender")).queue(QUEUE).connect();
                var delayer = TaskClient.builder(uri("delayer")).queue(QUEUE).connect()) {
            assertThat(client.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            var later = TaskRequest.of("t.add", 2, 3)
                    .countdown(Duration.ofSeconds(1))
                    .returning(Integer.class);
            assertThat(delayer.send(later).get(SOON)).isEqualTo(5);
            assertThatThrownBy(() -> client.send("no.such.task").get(SOON)).hasMessageContaining("no.such.task");
            await().atMost(SOON).until(() -> node.view().exists(QUEUE + ".dead"));
            assertThat(raw.take(QUEUE + ".dead").properties().headers()).containsKey("x-jtask-reason");
            assertThat(worker.isReady()).isTrue();
            assertThat(Workers.metrics(worker)).contains("jtask_worker_reconnects_total 0.0");
        }
    }

    @Test
    void areEnoughWhereNobodyDelays() throws Exception {
        try (var worker = Workers.start(
                        node,
                        new TestTasks(),
                        QUEUE,
                        "JTASK_BROKER_URI",
                        uri("prompt"),
                        "JTASK_REMOTE_CONTROL",
                        "off");
                var client = TaskClient.builder(uri("sender")).queue(QUEUE).connect()) {
            assertThat(client.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            assertThat(worker.isReady()).isTrue();
        }
    }

    @Test
    void areEnoughToControlAndToWatch() throws Exception {
        try (var worker = Workers.start(node, new TestTasks(), QUEUE, "JTASK_BROKER_URI", uri("answerer"));
                var controller = TaskClient.builder(uri("controller")).connect();
                var teller = TaskClient.builder(uri("teller"))
                        .queue(QUEUE)
                        .sentEvents()
                        .connect();
                var watcher = BrokerConnections.open(BrokerOptions.of(uri("watcher")))) {
            var seen = new CopyOnWriteArrayList<String>();
            var channel = watcher.createChannel();
            channel.exchangeDeclare("celeryev", "topic", true);
            channel.queueDeclare("celeryev.guide", false, true, true, Map.of());
            channel.queueBind("celeryev.guide", "celeryev", "#");
            channel.basicConsume(
                    "celeryev.guide",
                    true,
                    (tag, delivery) -> seen.add(delivery.getEnvelope().getRoutingKey()),
                    tag -> {});

            await().atMost(SOON)
                    .until(() -> controller.workers().inspect().stats().containsKey("test@" + QUEUE));
            await("a heartbeat").atMost(SOON).until(() -> seen.contains("worker.heartbeat"));
            assertThat(teller.send("t.add", 1, 2).get(SOON).intValue()).isEqualTo(3);
            await("that it was sent").atMost(SOON).until(() -> seen.contains("task.sent"));
            assertThat(worker.isReady()).isTrue();
            assertThatThrownBy(() -> controller.send("t.add", 1, 2)).isInstanceOf(PublishException.class);
            assertThatThrownBy(() -> watcher.createChannel().basicGet(QUEUE, true))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            assertThatThrownBy(() -> watcher.createChannel().exchangeDeclare("celery.pidbox", "fanout"))
                    .hasStackTraceContaining("ACCESS_REFUSED");
        }
    }

    @Test
    void areEnoughToKeepFailedTasksAndToParkLongOnes() throws Exception {
        var longer = new LongTasks();
        var tasks = new ArrayList<>(TaskClasses.of(new TestTasks()));
        tasks.addAll(TaskClasses.of(longer));
        try (var worker = Workers.start(
                        node,
                        tasks,
                        QUEUE,
                        "JTASK_BROKER_URI",
                        uri("keeper"),
                        "JTASK_REMOTE_CONTROL",
                        "off",
                        "JTASK_KEEP_FAILED",
                        QUEUE);
                var client = TaskClient.builder(uri("sender")).queue(QUEUE).connect()) {
            assertThatThrownBy(() -> client.send("t.fail", "no paper").get(SOON))
                    .hasMessageContaining("no paper");
            await().atMost(SOON).until(() -> node.view().exists(QUEUE + ".failed"));
            assertThat(raw.take(QUEUE + ".failed").properties().headers()).containsKey("x-jtask-reason");

            var parked = client.send("l.gated", "parked");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Workers.metrics(worker)).contains("jtask_worker_parked 1.0"));
            longer.gate.countDown();
            assertThat(parked.get(SOON).asText()).isEqualTo("parked");
            await("the parked message is gone")
                    .atMost(SOON)
                    .until(() -> !node.shell().queues("messages").contains(QUEUE + ".parked."));
            assertThat(Workers.metrics(worker)).contains("jtask_worker_reconnects_total 0.0");
        }
    }

    @Test
    void areEnoughToWaitForSignalsAndForOthers() throws Exception {
        var tasks = new ArrayList<>(TaskClasses.of(new SignalledTasks()));
        tasks.addAll(TaskClasses.of(new LimitedTasks()));
        try (var worker = Workers.start(
                        node, tasks, QUEUE, "JTASK_BROKER_URI", uri("waiter"), "JTASK_REMOTE_CONTROL", "off");
                var client = TaskClient.builder(uri("giver")).queue(QUEUE).connect()) {
            var waits = client.send("signals.approve");
            await().atMost(SOON).until(() -> waits.status().equals("WAITING"));
            assertThat(client.signal(waits.id(), "approval", new SignalledTasks.Approval("Ada", 7)))
                    .isTrue();
            assertThat(waits.get(SOON).asText()).startsWith("Ada, 7");

            assertThat(client.send("limits.brief", "ada", 1).get(SOON)).isNotNull();
            assertThat(client.send("limits.hourly", "ada", 1).get(SOON)).isNotNull();
            assertThat(Workers.metrics(worker)).contains("jtask_worker_reconnects_total 0.0");
        }
    }

    @Test
    void areEnoughForSchedules() throws Exception {
        raw.declare(QUEUE, Map.of());
        var once = Schedule.at("once", Instant.now(), TaskRequest.of("t.add", 1, 2));
        try (var scheduler = Scheduler.builder(uri("scheduler"), "guide")
                .queue(QUEUE)
                .schedule(once)
                .start()) {
            await().atMost(SOON).until(() -> scheduler.progress().getFirst().sent() == 1);
            assertThat(raw.take(QUEUE).properties().headers()).containsEntry("task", "t.add");
            assertThat(node.view().exists("jtask.schedule.guide.last-runs")).isTrue();
        } finally {
            raw.delete("jtask.schedule.guide.last-runs");
        }
    }

    @Test
    void areEnoughToLookAtLettersAndToSendThemBack() throws Exception {
        try (var _ = Workers.start(node, new TestTasks(), QUEUE, "JTASK_KEEP_FAILED", QUEUE);
                var client = TaskClient.builder(uri("sender")).queue(QUEUE).connect();
                var reader = TaskClient.builder(uri("reader")).connect();
                var mender = TaskClient.builder(uri("mender")).connect()) {
            assertThatThrownBy(() -> client.send("t.fail", "no paper").get(SOON))
                    .hasMessageContaining("no paper");
            assertThatThrownBy(() -> client.send("no.such.task", "lost").get(SOON))
                    .hasMessageContaining("no.such.task");

            for (var letters : List.of(mender.failedTasks(QUEUE), mender.deadLetters(QUEUE))) {
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> letters.list().size() == 1);
            }
            for (var letters : List.of(reader.failedTasks(QUEUE), reader.deadLetters(QUEUE))) {
                assertThat(letters.list()).hasSize(1);
                assertThat(letters.groups()).hasSize(1);
                try (var pages = letters.pages(1)) {
                    assertThat(pages.next()).hasSize(1);
                }
                assertThatThrownBy(() -> letters.sendBack(letter -> true)).hasMessageContaining("ACCESS_REFUSED");
                assertThat(letters.list()).as("it stays").hasSize(1);
            }

            assertThat(mender.failedTasks(QUEUE).sendBack(letter -> true, edit -> edit.withTask("t.echo")))
                    .isEqualTo(1);
            var id = mender.deadLetters(QUEUE).list().getFirst().id();
            assertThat(mender.deadLetters(QUEUE).sendBack(id)).isEqualTo(1);
            await("what nobody has mended comes again")
                    .atMost(SOON)
                    .until(() -> mender.deadLetters(QUEUE).list().size() == 1);
            assertThat(mender.failedTasks(QUEUE).list()).isEmpty();
        }
        try (var connection = BrokerConnections.open(BrokerOptions.of(uri("mender")))) {
            for (var queue : List.of(QUEUE, "foreign", QUEUE + ".suspects")) {
                assertThatThrownBy(() -> connection.createChannel().basicGet(queue, true))
                        .as(queue)
                        .hasStackTraceContaining("ACCESS_REFUSED");
            }
            assertThatThrownBy(() -> connection.createChannel().queueDelete(QUEUE + ".dead"))
                    .hasStackTraceContaining("ACCESS_REFUSED");
        }
    }

    @Test
    void areNoMore() throws Exception {
        try (var runner = BrokerConnections.open(BrokerOptions.of(uri("runner")));
                var sender = BrokerConnections.open(BrokerOptions.of(uri("sender")))) {
            assertThatThrownBy(() -> runner.createChannel().basicGet("foreign", true))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            assertThatThrownBy(() -> runner.createChannel().queueDelete("foreign"))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            assertThatThrownBy(() -> runner.createChannel().exchangeDeclare("celery.pidbox", "fanout"))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            assertThatThrownBy(() -> sender.createChannel().queueDelete(QUEUE))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            assertThatThrownBy(() -> sender.createChannel().basicGet("foreign", true))
                    .hasStackTraceContaining("ACCESS_REFUSED");
            assertThatThrownBy(() -> TaskClient.builder(uri("watcher")).connect())
                    .hasMessageContaining("cannot have the reply queue")
                    .hasMessageContaining("ACCESS_REFUSED")
                    .hasMessageContaining("grant this user to configure and to read");
        }
    }

    @Test
    void theKeysOfTheRecipesEncryptAndSign(@TempDir Path folder) throws Exception {
        var guide = Files.readString(Path.of("../../docs/security.md"));
        var scripts = Pattern.compile("(?ms)^```sh\\n(.*?)^```$")
                .matcher(guide)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("\"keys\""))
                .toList();
        assertThat(scripts).hasSize(2);
        for (var script : scripts) {
            var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).as(output).isZero();
        }
        runs(folder.resolve("keys.json"), folder.resolve("keys.json"), "off");
        runs(folder.resolve("client.json"), folder.resolve("worker.json"), "require");
    }

    private void runs(Path clients, Path workers, String signatures) throws Exception {
        try (var _ = Workers.start(
                        node,
                        new TestTasks(),
                        QUEUE,
                        "JTASK_KEYS_FILE",
                        workers.toString(),
                        "JTASK_SIGNATURES",
                        signatures);
                var client = TaskClient.builder(node.amqpUri())
                        .queue(QUEUE)
                        .keys(clients)
                        .connect()) {
            assertThat(client.send(TaskRequest.of("t.retry", 2).returning(Integer.class))
                            .get(SOON))
                    .isEqualTo(2);
        }
    }

    private void enrol(String user, String role) throws IOException {
        var row = Files.readString(Path.of("../../docs/security.md"))
                .lines()
                .filter(line -> line.startsWith("| " + role))
                .findFirst()
                .orElseThrow();
        var cells = Arrays.stream(row.substring(1).split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.substring(
                                cell.indexOf('`') + 1, Math.max(cell.indexOf('`') + 1, cell.lastIndexOf('`')))
                        .replace("\\|", "|")
                        .replace("orders", QUEUE))
                .toList();
        enrolled.add(user);
        node.users().add(user, user);
        node.users().permit(user, cells.get(1), cells.get(2), cells.get(3));
    }

    private String uri(String user) {
        return node.amqpUri().replace("guest:guest", user + ":" + user);
    }
}
