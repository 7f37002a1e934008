package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.schedule.Scheduler;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.app.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `jtask-worker --schedule` as a process.
@RabbitMqTest
class ScheduleProcessIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final RabbitMqNode node;
    private final String name = "schedules-" + UUID.randomUUID();

    ScheduleProcessIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void aloneItSendsSaysSoAndStopsWithZero() throws Exception {
        var file = file("- {name: tick, every: 1s, task: t.tick, args: [4], queue: %s}".formatted(name));
        try (var process = start("--schedule", file).awaitReady()) {
            await().atMost(SOON).until(() -> value(process, "jtask_scheduler_sent_total{schedule=\"tick\"}") >= 2);
            assertThat(process.status("/livez")).isEqualTo(200);
            assertThat(value(process, "jtask_scheduler_at_work")).isOne();
            double last = value(process, "jtask_scheduler_last_run_timestamp_seconds{schedule=\"tick\"}");
            assertThat(Instant.now().getEpochSecond() - last).isBetween(-1.0, 60.0);
            assertThat(value(process, "jtask_scheduler_next_run_timestamp_seconds{schedule=\"tick\"}"))
                    .isGreaterThanOrEqualTo(last + 1);
            assertThat(process.log()).contains("scheduler '%s' is at work with 1 schedules".formatted(name));

            process.terminate();

            assertThat(process.awaitExit()).as(process.log()).isZero();
        }
        assertThat(runs()).isNotEmpty();
    }

    @Test
    void besideAWorkerItsTasksRunInTheSameProcess() throws Exception {
        Files.createFile(folder.resolve("gate"));
        var file = file("- {name: once, at: \"%s\", task: p.gated, args: [\"%s\", first]}"
                .formatted(Instant.now().toString(), folder));
        var variables = Map.of("JTASK_QUEUES", name, "JTASK_ROUTES", "p.*=" + name, "JTASK_SCHEDULER_NAME", name);
        try (var process = WorkerProcess.start(folder, node, variables, "--schedule", file, WorkerProcess.jar(folder))
                .awaitReady()) {
            var done = folder.resolve("done");
            // the file is there before its line is, and the task may run before its confirm comes
            await().atMost(SOON).until(() -> Files.exists(done) && Files.size(done) > 0);
            assertThat(Files.readAllLines(done)).containsExactly("first");
            await().atMost(SOON).until(() -> value(process, "jtask_scheduler_sent_total{schedule=\"once\"}") == 1);
            assertThat(process.metrics()).contains("jtask_worker_slots 2.0");

            process.terminate();

            assertThat(process.awaitExit()).as(process.log()).isZero();
        }
    }

    @Test
    void killedOneAfterTheOtherTheySendEachTimeExactlyOnce() throws Exception {
        var file = file("- {name: tick, every: 1s, task: t.tick, queue: %s, missed: send-all}".formatted(name));
        var runs = new ArrayList<Instant>();
        var first = start("--schedule", file).awaitReady();
        try {
            for (int kills = 0; kills < 3; kills++) {
                int before = runs.size();
                await().atMost(SOON).until(() -> runs.addAll(runs()) && runs.size() >= before + 2);
                var second = start("--schedule", file).awaitReady();
                assertThat(value(second, "jtask_scheduler_at_work")).isZero();
                first.kill();
                first.awaitExit();
                first = second;
                await().atMost(SOON).until(() -> value(second, "jtask_scheduler_at_work") == 1);
            }
            int before = runs.size();
            await().atMost(SOON).until(() -> runs.addAll(runs()) && runs.size() >= before + 2);
        } finally {
            first.close();
        }
        assertThat(runs)
                .isEqualTo(IntStream.range(0, runs.size())
                        .mapToObj(i -> runs.getFirst().plusSeconds(i))
                        .toList());
    }

    @Test
    void withoutABrokerItIsAliveNotReadyAndStops() throws Exception {
        var file = file("- {name: tick, every: 1s, task: t.tick}");
        var variables = Map.of("JTASK_BROKER_URI", "amqp://guest:guest@127.0.0.1:1/");
        try (var process = WorkerProcess.start(folder, node, variables, "--schedule", file)) {
            await().atMost(SOON).until(() -> process.log().contains("trying again"));
            // told beside it
            await("named for its file")
                    .atMost(SOON)
                    .until(() -> process.log().contains("scheduler 'schedules': 1 schedules on"));
            assertThat(process.status("/livez")).isEqualTo(200);
            await().atMost(SOON).until(() -> process.status("/readyz") == 503);
            process.terminate();
            assertThat(process.awaitExit()).isZero();
        }
    }

    @Test
    void aWrongFileStopsTheStartWithOneSentence() throws Exception {
        var file = file("- {name: tick, every: 1s, cron: \"* * * * *\", task: t.tick}");
        try (var process = start("--schedule", file)) {
            assertThat(process.awaitExit()).isEqualTo(2);
            assertThat(said(process))
                    .containsExactly(
                            "jtask-worker: %s: schedule 'tick', every: cron is given too; keep one".formatted(file));
        }
    }

    @Test
    void helpSaysHow() throws Exception {
        try (var process = start("--help")) {
            assertThat(process.awaitExit()).isZero();
            assertThat(process.log()).contains(CommandLine.HELP);
        }
    }

    private WorkerProcess start(String... arguments) throws IOException {
        return WorkerProcess.start(folder, node, Map.of("JTASK_SCHEDULER_NAME", name), arguments);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("schedules.yaml"), text).toString();
    }

    private static double value(WorkerProcess process, String metric) throws IOException {
        return process.metrics()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static Stream<String> said(WorkerProcess process) {
        return process.log().lines().filter(line -> !line.startsWith("WARNING:"));
    }

    /// The times of the tasks in the queue, which are taken out.
    private List<Instant> runs() throws IOException {
        var times = new ArrayList<Instant>();
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            var channel = connection.createChannel();
            channel.queueDeclare(name, true, false, false, Map.of());
            for (var got = channel.basicGet(name, true); got != null; got = channel.basicGet(name, true)) {
                times.add(Instant.parse(
                        String.valueOf(AmqpMessages.headers(got.getProps()).get(Scheduler.TIME_HEADER))));
            }
        }
        return times;
    }
}
