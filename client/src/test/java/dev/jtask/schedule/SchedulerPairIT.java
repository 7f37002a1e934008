package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.Relay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Two schedulers of one name send each time exactly once, whatever happens to their connections. A node of its own,
/// since other tests do not like theirs to be restarted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulerPairIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// Heartbeats that a busy machine does not miss, where nobody is to take over.
    private static final Duration CALM = Duration.ofSeconds(30);

    private Path folder;
    private RabbitMqNode node;
    private BrokerOptions broker;

    @BeforeAll
    void startNode() throws IOException {
        folder = Files.createTempDirectory("jtask-pair");
        node = RabbitMqNode.start(folder);
        broker = BrokerOptions.of(node.amqpUri());
    }

    @AfterAll
    void stopNode() {
        node.close();
    }

    @Test
    void oneTakesOverWhenTheOtherEnds() throws IOException {
        var name = "ends-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        var first = start(broker, name, CALM);
        await().atMost(SOON).until(first::isAtWork);
        try (var second = start(broker, name, CALM)) {
            await().atMost(SOON).until(() -> second.isConnected() && sent.count() >= 2);
            assertThat(second.isAtWork()).isFalse();
            assertThat(second.progress()).containsExactly(ScheduleProgress.none("tick"));

            first.close();

            await().atMost(SOON).until(second::isAtWork);
            assertGoesOn(sent);
            assertThat(first.isAlive() || first.isConnected()).isFalse();
        } finally {
            first.close();
        }
        assertNoneMissedNoneTwice(sent);
    }

    @Test
    void everyConnectionIsClosedAgainAndAgain() throws IOException {
        var name = "closed-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        try (var first = start(broker, name);
                var second = start(broker, name)) {
            for (int i = 0; i < 4; i++) {
                await().atMost(SOON).until(() -> exactlyOneAtWork(first, second));
                assertGoesOn(sent);
                node.shell().closeConnections();
            }
            await().atMost(SOON).until(() -> exactlyOneAtWork(first, second));
            assertGoesOn(sent);
        }
        assertNoneMissedNoneTwice(sent);
    }

    @Test
    void whatOneHasSentIsNotSentAgainWhenTheQueueOfTheLastRunsIsGone() throws IOException {
        var name = "forgotten-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        var once = Schedule.at("once", Instant.now(), TaskRequest.of("t.once"));
        try (var scheduler =
                Scheduler.builder(broker, name).queue(name).schedule(once).start()) {
            await().atMost(SOON).until(() -> sent.count() == 1);
            node.shell().deleteQueue(LastRuns.queue(name));
            node.shell().closeConnections();

            await().atMost(SOON).until(() -> node.view().exists(LastRuns.queue(name)) && scheduler.isAtWork());
            await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> sent.count() == 1);
        }
    }

    @Test
    void theBrokerRestarts() throws IOException {
        var name = "restart-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        try (var first = start(broker, name);
                var second = start(broker, name)) {
            await().atMost(SOON).until(() -> exactlyOneAtWork(first, second));
            assertGoesOn(sent);
            node.restart();
            await().atMost(SOON).until(() -> exactlyOneAtWork(first, second));
            assertGoesOn(sent);
        }
        assertNoneMissedNoneTwice(sent);
    }

    @Test
    void oneThatTheNetworkHasLostSendsNothingMoreNotEvenLater() throws IOException {
        var name = "lost-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (var relay = Relay.start(door, node.amqpPort());
                var cutOff = start(through(relay), name)) {
            await().atMost(SOON).until(cutOff::isAtWork);
            try (var other = start(broker, name)) {
                assertGoesOn(sent);
                relay.hold();
                await().atMost(SOON).until(() -> other.isAtWork());
                assertGoesOn(sent);
                relay.release();
                await().atMost(SOON).until(() -> cutOff.isConnected() && !cutOff.isAtWork());
                assertGoesOn(sent);
            }
            await().atMost(SOON).until(cutOff::isAtWork);
            assertGoesOn(sent);
        }
        assertNoneMissedNoneTwice(sent);
    }

    @Test
    void oneThatIsNotListenedToCanBeClosed() throws IOException {
        var name = "silent-" + UUID.randomUUID();
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (var relay = Relay.start(door, node.amqpPort())) {
            var scheduler = start(through(relay), name);
            await().atMost(SOON).until(scheduler::isAtWork);
            relay.hold();
            scheduler.close();
            assertThat(scheduler.isAlive()).isFalse();
        }
    }

    @Test
    void aMemoryAlarmDelaysRunsAndLosesNone() throws IOException {
        var name = "alarm-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        try (var scheduler = start(broker, name)) {
            await().atMost(SOON).until(scheduler::isAtWork);
            assertGoesOn(sent);
            node.shell().limitMemory(0.000001);
            await().atMost(SOON).until(() -> !scheduler.isConnected());
            assertThat(scheduler.isAlive()).isTrue();
            node.shell().limitMemory(0.6);
            await().atMost(SOON).until(scheduler::isAtWork);
            assertGoesOn(sent);
        }
        assertNoneMissedNoneTwice(sent);
    }

    @Test
    void aPolicyThatDeletesUnusedQueuesLetsNoSecondOneWork() throws IOException {
        var name = "tidy-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        node.ctl("set_policy", "tidy", "\\.lock$", "{\"expires\":2000}", "--apply-to", "queues");
        try (var first = start(broker, name)) {
            await().atMost(SOON).until(first::isAtWork);
            try (var second = start(broker, name)) {
                await().during(SECOND.multipliedBy(6)).atMost(SOON).until(() -> exactlyOneAtWork(first, second));
                assertGoesOn(sent);
            }
        } finally {
            node.ctl("clear_policy", "tidy");
        }
        assertNoneMissedNoneTwice(sent);
    }

    @Test
    void whoseLockIsDeletedStopsAndOneWorksOn() throws IOException {
        var name = "deleted-" + UUID.randomUUID();
        var sent = new SentRuns(broker, name);
        try (var first = start(broker, name);
                var second = start(broker, name)) {
            await().atMost(SOON).until(() -> exactlyOneAtWork(first, second));
            assertGoesOn(sent);
            node.shell().deleteQueue("jtask.schedule.%s.lock".formatted(name));

            assertGoesOn(sent);
            await().during(SECOND.multipliedBy(2)).atMost(SOON).until(() -> exactlyOneAtWork(first, second));
        }
        assertNoneMissedNoneTwice(sent);
    }

    @Test
    void standingByLeavesNoErrorsInTheLogOfTheBroker() throws IOException {
        var name = "quiet-" + UUID.randomUUID();
        try (var first = start(broker, name, CALM)) {
            await().atMost(SOON).until(first::isAtWork);
            try (var second = start(broker, name, CALM)) {
                var sent = new SentRuns(broker, name);
                await().atMost(SOON).until(() -> second.isConnected() && sent.count() >= 3);
                assertThat(node.view()
                                .queue("jtask.schedule.%s.lock".formatted(name))
                                .path("messages_ready")
                                .asInt(0))
                        .as("knocks are not kept")
                        .isZero();
                assertThat(second.isAtWork()).isFalse();
            }
        }
        assertThat(log()).contains("accepting AMQP connection").doesNotContain(name + ".lock' in vhost");
    }

    private String log() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static Scheduler start(BrokerOptions broker, String name) {
        return start(broker, name, SECOND);
    }

    private static Scheduler start(BrokerOptions broker, String name, Duration heartbeat) {
        return Scheduler.builder(broker, name)
                .queue(name)
                .heartbeat(heartbeat)
                .schedule(
                        Schedule.every("tick", SECOND, TaskRequest.of("t.tick")).missed(MissedRuns.SEND_ALL))
                .start();
    }

    private BrokerOptions through(Relay relay) {
        return BrokerOptions.of("amqp://guest:guest@127.0.0.1:" + relay.port());
    }

    private static boolean exactlyOneAtWork(Scheduler... pair) {
        return Stream.of(pair).allMatch(Scheduler::isConnected)
                && Stream.of(pair).filter(Scheduler::isAtWork).count() == 1;
    }

    private static void assertGoesOn(SentRuns sent) throws IOException {
        int before = sent.count();
        await().atMost(SOON).until(() -> sent.count() >= before + 2);
    }

    private static void assertNoneMissedNoneTwice(SentRuns sent) throws IOException {
        assertThat(sent.distances()).isNotEmpty().containsOnly(SECOND);
    }
}
