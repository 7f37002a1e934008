package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One scheduler on a real broker: what it sends, what it remembers, what it does when it cannot send.
@RabbitMqTest
class SchedulerIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;
    private final BrokerOptions broker;
    private final String name = "it-" + UUID.randomUUID();

    SchedulerIT(RabbitMqNode node) {
        this.node = node;
        this.broker = BrokerOptions.of(node.amqpUri());
    }

    @Test
    void sendsAnOrdinaryTaskMessageThatSaysWhatItIsFor() throws IOException {
        var time = Instant.parse("2026-01-01T00:00:00Z");
        var once = Schedule.at("once", time, TaskRequest.of("t.add", 4).kwarg("y", 6));
        var first = scheduler().schedule(once).start();
        try (first) {
            var sent = sent();
            await().atMost(SOON).until(() -> sent.count() == 1);
            var message = sent.messages().get(0);
            assertThat(SentRuns.header(message, "task")).isEqualTo("t.add");
            assertThat(SentRuns.header(message, "id"))
                    .isEqualTo(message.getProps().getCorrelationId());
            assertThat(SentRuns.header(message, "ignore_result"))
                    .as("the task decides")
                    .isEqualTo("null");
            assertThat(SentRuns.header(message, Scheduler.NAME_HEADER)).isEqualTo("once");
            assertThat(SentRuns.header(message, Scheduler.TIME_HEADER)).isEqualTo(time.toString());
            assertThat(message.getProps().getReplyTo()).as("nobody waits").isNullOrEmpty();
            assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
            assertThat(new String(message.getBody(), StandardCharsets.UTF_8)).startsWith("[[4],{\"y\":6},");
        }
    }

    @Test
    void whatWasSentIsNotSentAgainByTheNext() throws IOException {
        var once = Schedule.at("once", Instant.now(), TaskRequest.of("t.once"));
        var marker = Schedule.at("marker", Instant.now(), TaskRequest.of("t.marker"));
        var sent = sent();
        var first = scheduler().schedule(once).start();
        try (first) {
            await().atMost(SOON).until(() -> sent.count() == 1);
        }
        try (var next = scheduler().schedule(once).schedule(marker).start()) {
            await().atMost(SOON).until(() -> sent.count() == 2);
            assertThat(next.progress().get(0).sent()).isZero();
            assertThat(next.progress().get(0).lastRun()).isNotNull();
        }
        assertThat(sent.messages())
                .extracting(message -> SentRuns.header(message, "task"))
                .containsExactly("t.once", "t.marker");
    }

    @Test
    void aMissedTimeIsMadeUpForAsThePolicySays() throws IOException {
        var task = TaskRequest.of("t.missed");
        var hour = Duration.ofHours(1);
        var start = Clock.systemUTC();
        var schedules = List.of(
                Schedule.every("once", hour, task),
                Schedule.every("all", hour, task).missed(MissedRuns.SEND_ALL),
                Schedule.every("skip", hour, task).missed(MissedRuns.SKIP),
                Schedule.every("late", hour, task).startingDeadline(Duration.ofMinutes(10)),
                Schedule.every("suspended", hour, task).suspend());
        try (var first = scheduler().schedules(schedules).clock(start).start()) {
            await().atMost(SOON).until(first::isAtWork);
            await().atMost(SOON).until(() -> first.progress().get(4).lastRun() == null);
            assertThat(first.progress().get(0).nextRun()).isAfter(start.instant());
            assertThat(first.progress().get(4).nextRun()).as("suspended").isNull();
        }
        var later = Clock.offset(start, Duration.ofMinutes(200));
        try (var second = scheduler().schedules(schedules).clock(later).start()) {
            var sent = sent();
            await().atMost(SOON).until(() -> sent.count() == 4);
            await().atMost(SOON)
                    .until(() -> second.progress().stream()
                                    .mapToLong(ScheduleProgress::skipped)
                                    .sum()
                            == 11);
            assertThat(second.progress()).extracting(ScheduleProgress::sent).containsExactly(1L, 3L, 0L, 0L, 0L);
            assertThat(second.progress()).extracting(ScheduleProgress::skipped).containsExactly(2L, 0L, 3L, 3L, 3L);
            assertThat(sent.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void aClockThatWasInTheFutureDoesNotStopTheScheduleForYears() throws IOException {
        var often = Schedule.every("often", Duration.ofSeconds(1), TaskRequest.of("t.often"));
        var wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(3650));
        try (var first = scheduler().schedule(often).clock(wrong).start()) {
            await().atMost(SOON).until(() -> first.progress().get(0).sent() > 0);
        }
        try (var second = scheduler().schedule(often).start()) {
            await().atMost(SOON).until(() -> second.progress().get(0).sent() > 1);
            assertThat(second.progress().get(0).lastRun()).isBefore(Instant.now());
        }
    }

    @Test
    void anErrorEndsNoScheduler() throws IOException {
        var failing = new FailingClock();
        try (var scheduler = scheduler()
                .schedule(Schedule.every("often", Duration.ofSeconds(1), TaskRequest.of("t.often")))
                .clock(failing)
                .start()) {
            await().atMost(SOON).until(scheduler::isAtWork);
            failing.fails.set(true);
            await().atMost(SOON).until(() -> !failing.fails.get());

            long before = progress(scheduler, "often").sent();
            await().atMost(SOON).until(() -> progress(scheduler, "often").sent() > before);
        }
    }

    @Test
    void aQueueThatRefusesStopsItsOwnScheduleOnlyUntilItTakesAgain() throws Exception {
        var full = name + "-full";
        var often = Duration.ofSeconds(1);
        try (var connection = BrokerConnections.open(broker)) {
            // before the scheduler comes to declare it in its own way
            var channel = connection.createChannel();
            channel.confirmSelect();
            channel.queueDeclare(full, true, false, false, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
            channel.basicPublish("", full, null, new byte[0]);
            assertThat(channel.waitForConfirms()).isTrue();
            try (var scheduler = scheduler()
                    .schedule(Schedule.every(
                            "stuck", often, TaskRequest.of("t.stuck").queue(full)))
                    .schedule(Schedule.every("free", often, TaskRequest.of("t.free")))
                    .start()) {
                await().atMost(SOON).until(() -> progress(scheduler, "stuck").failed() > 0);
                long before = progress(scheduler, "free").sent();
                await().atMost(SOON).until(() -> progress(scheduler, "free").sent() >= before + 2);
                assertThat(progress(scheduler, "stuck").failure())
                        .contains("task 't.stuck' is not sent to '%s'".formatted(full));
                assertThat(progress(scheduler, "stuck").sent()).isZero();

                channel.queuePurge(full);
                await().atMost(SOON).until(() -> progress(scheduler, "stuck").sent() > 0);
                assertThat(channel.basicGet(full, true)).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void eachMissedRunIsSentOnceHoweverOftenTheQueueRefuses(String type) throws IOException {
        var full = name + "-full";
        var hourly = Schedule.every(
                        "all", Duration.ofHours(1), TaskRequest.of("t.all").queue(full))
                .missed(MissedRuns.SEND_ALL);
        try (var first = scheduler().schedule(hourly).start()) {
            await().atMost(SOON).until(first::isAtWork);
        }
        var later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(200));
        Map<String, Object> arguments = Map.of("x-queue-type", type, "x-max-length", 1, "x-overflow", "reject-publish");
        try (var connection = BrokerConnections.open(broker)) {
            var channel = connection.createChannel();
            channel.queueDeclare(full, true, false, false, arguments);
            try (var second = scheduler().schedule(hourly).clock(later).start()) {
                await().atMost(SOON)
                        .until(() -> progress(second, "all").failed() > 0
                                || progress(second, "all").sent() == 3);
                var ids = new ArrayList<String>();
                await().atMost(SOON.multipliedBy(2)).until(() -> {
                    // before the look: what is sent after it is not in it
                    boolean all = progress(second, "all").sent() == 3;
                    var message = channel.basicGet(full, true);
                    if (message != null) {
                        ids.add(message.getProps().getCorrelationId());
                    }
                    return all && message == null;
                });
                assertThat(ids).hasSize(3);
                assertThat(ids).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aQuorumQueueWithoutALeaderStopsItsOwnScheduleOnly() throws IOException {
        var lame = name + "-lame";
        var often = Duration.ofSeconds(1);
        try (var connection = BrokerConnections.open(broker)) {
            connection.createChannel().queueDeclare(lame, true, false, false, Map.of("x-queue-type", "quorum"));
            node.shell().eval("ra:stop_server(quorum_queues, {list_to_atom(\"%%2F_%s\"), node()})".formatted(lame));
            try (var scheduler = scheduler()
                    .schedule(Schedule.every(
                            "stuck", often, TaskRequest.of("t.stuck").queue(lame)))
                    .schedule(Schedule.every("free", often, TaskRequest.of("t.free")))
                    .start()) {
                await().atMost(SOON).until(() -> progress(scheduler, "stuck").failed() > 0);
                long before = progress(scheduler, "free").sent();
                await().atMost(SOON).until(() -> progress(scheduler, "free").sent() >= before + 2);
                assertThat(progress(scheduler, "stuck").failure())
                        .contains("task 't.stuck' is not sent to '%s'".formatted(lame));
                assertThat(progress(scheduler, "stuck").sent()).isZero();
            }
        }
    }

    @Test
    void aQueueThatItMayNotCreateIsNamedAndTheLoopGoesOn() {
        node.users().add(name, "limited");
        node.users().permit(name, "^(jtask\\.|%s).*".formatted(name), ".*", ".*");
        var uri = node.amqpUri().replace("guest:guest", name + ":limited");
        var often = Duration.ofSeconds(1);
        try (var scheduler = Scheduler.builder(uri, name)
                .queue(name)
                .schedule(Schedule.every(
                        "forbidden", often, TaskRequest.of("t.any").queue("forbidden-" + name)))
                .schedule(Schedule.every("free", often, TaskRequest.of("t.free")))
                .start()) {
            await().atMost(SOON).until(() -> progress(scheduler, "free").sent() >= 2);
            await().atMost(SOON).until(() -> progress(scheduler, "forbidden").failed() > 0);
            assertThat(progress(scheduler, "forbidden").failure())
                    .contains("task 't.any' is not sent to 'forbidden-%s'".formatted(name), "ACCESS_REFUSED");
        }
    }

    @Test
    void aQueueThatWasDeletedIsCreatedAgain() throws IOException {
        try (var connection = BrokerConnections.open(broker);
                var scheduler = scheduler()
                        .schedule(Schedule.every("often", Duration.ofSeconds(1), TaskRequest.of("t.often")))
                        .start()) {
            await().atMost(SOON).until(() -> progress(scheduler, "often").sent() > 0);
            connection.createChannel().queueDelete(name);
            long before = progress(scheduler, "often").sent();
            // the first of them may have been under way when the queue was deleted
            await().atMost(SOON).until(() -> progress(scheduler, "often").sent() >= before + 2);
            assertThat(sent().count()).isPositive();
        }
    }

    @Test
    void aQueueOfTheLastRunsThatWasDeletedComesBackWithThem() throws IOException {
        var once = Schedule.at("once", Instant.now(), TaskRequest.of("t.once"));
        var often = Schedule.every("often", Duration.ofSeconds(1), TaskRequest.of("t.often"));
        try (var connection = BrokerConnections.open(broker);
                var first = scheduler().schedule(once).schedule(often).start()) {
            await().atMost(SOON).until(() -> progress(first, "often").sent() > 0);
            connection.createChannel().queueDelete(LastRuns.queue(name));
            long before = progress(first, "often").sent();
            // the first of them may have been kept in the queue that was deleted
            await().atMost(SOON).until(() -> progress(first, "often").sent() >= before + 2);
        }
        try (var next = scheduler().schedule(once).schedule(often).start()) {
            await().atMost(SOON).until(() -> progress(next, "often").sent() > 0);
            assertThat(progress(next, "once").sent()).isZero();
        }
        assertThat(sent().messages())
                .filteredOn(message -> SentRuns.header(message, "task").equals("t.once"))
                .hasSize(1);
    }

    @Test
    void whatCannotWorkIsRefusedAtTheStart() {
        var schedule = Schedule.at("same", Instant.now(), TaskRequest.of("t.any"));
        var unsendable = Schedule.at("odd", Instant.now(), TaskRequest.of("t.any", new Object()));

        assertThatThrownBy(
                        () -> scheduler().schedule(schedule).schedule(schedule).start())
                .hasMessageContaining("two schedules named 'same'");
        assertThatThrownBy(() -> scheduler().schedule(unsendable).start()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> scheduler().schedule(unsendable).check()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scheduler.builder(broker, " ")).hasMessageContaining("needs a name");
    }

    private SchedulerBuilder scheduler() {
        return Scheduler.builder(broker, name).queue(name);
    }

    private SentRuns sent() {
        return new SentRuns(broker, name);
    }

    private static ScheduleProgress progress(Scheduler scheduler, String schedule) {
        return scheduler.progress().stream()
                .filter(progress -> progress.name().equals(schedule))
                .findFirst()
                .orElseThrow();
    }

    /// Throws an error once, wherever it is asked.
    private static final class FailingClock extends Clock {

        private final AtomicBoolean fails = new AtomicBoolean();

        @Override
        public Instant instant() {
            if (fails.getAndSet(false)) {
                throw new InternalError("no native threads");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
