package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.RecordingEmitter;
import dev.jtask.worker.fakes.RecordingErrands;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Dispatch;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Endings;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Jobs;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Pipeline;
import dev.jtask.worker.run.Runner;
import dev.jtask.worker.run.Slots;
import dev.jtask.worker.run.TimeLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeConnection connection = new FakeConnection();
    private final RecordingSender sender = new RecordingSender();
    private final HandTimer timer = new HandTimer();
    private final SettableClock clock = new SettableClock();
    private final AckWindow window = Windows.usual();
    private final List<String> queues = new CopyOnWriteArrayList<>(List.of("q"));
    private final List<Job> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger redelivered = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean settling = true;
    private volatile boolean settles = true;
    private volatile boolean acksEarly;
    private OptionalInt prefetch = OptionalInt.of(5);
    private volatile Disposition disposition = new Disposition.Ack();
    private @Nullable Session session;

    @AfterEach
    void end() {
        gate.countDown();
        if (session != null) {
            session.abort();
        }
    }

    @Test
    void runsWhatComesAndAcknowledgesIt() throws IOException {
        gate.countDown();
        open();
        deliver("a", false);

        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(ended).singleElement().matches(job -> job.message().id().equals("a"));
    }

    @Test
    void hasProgressedOnceAMessageIsDoneWithAndNotWhenOneCame() throws IOException {
        var open = open();
        deliver("a", false);
        assertThat(open.hasProgressed()).isFalse();

        gate.countDown();
        await().atMost(SOON).until(open::hasProgressed);
    }

    @Test
    void whatComesAgainIsPutInItsQueueAnewAndNotRun() throws IOException {
        gate.countDown();
        open();
        deliver("a", true);

        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(sender.destinations()).containsExactly("q");
        assertThat(redelivered).hasValue(1);
        assertThat(ended).isEmpty();
    }

    @Test
    void aDeliveryThatIsTakenBackCostsNeitherItsRunNorTheSession() throws Exception {
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> started.get() == 1);
        channel().close(Ends.timedOut(4_000));
        var anew = channel();
        anew.deliver(Given.wire(Given.message("a")), true);
        gate.countDown();

        await().atMost(SOON).until(() -> anew.settled.contains("ack 1"));
        assertThat(started).hasValue(1);
        assertThat(sender.sent()).as("it is no return").isEmpty();
        assertThat(redelivered).hasValue(1);
        assertThat(open.awaitEnd(Duration.ZERO)).isFalse();
        assertThat(window.assumed()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whatWaitedOnAChannelThatIsLostIsNotStarted() throws IOException {
        open();
        deliver("runs", false);
        deliver("runs too", false);
        await().atMost(SOON).until(() -> started.get() == 2);
        deliver("waits", false);
        channel().close(Ends.timedOut(4_000));
        gate.countDown();
        channel().deliver(Given.wire(Given.message("other")), false);

        await().atMost(SOON).until(() -> ended.size() == 3);
        assertThat(ended).extracting(job -> job.message().id()).doesNotContain("waits");
    }

    @Test
    void whatWaitsForTooLongGoesBack() throws IOException {
        open();
        deliver("runs", false);
        deliver("runs too", false);
        await().atMost(SOON).until(() -> started.get() == 2);
        deliver("waits", false);
        clock.pass(Duration.ofMinutes(14));
        deliver("waits, too", false);
        clock.pass(Duration.ofMinutes(2));

        await().atMost(SOON).until(() -> sender.destinations().equals(List.of("q")));
        await().atMost(SOON).until(() -> channel().settled.contains("ack 3"));
    }

    @Test
    void whatWaitsGoesBackWhereNobodyKnowsForHowLongItDoes() throws IOException {
        open();
        deliver("runs", false);
        deliver("runs too", false);
        await().atMost(SOON).until(() -> started.get() == 2);
        deliver("waits", false);
        clock.pass(Duration.ofHours(-1));

        await().atMost(SOON).until(() -> channel().settled.contains("ack 3"));
    }

    @Test
    void aConnectionThatIsLostEndsItAndNothingIsSettledAfterwards() throws Exception {
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> started.get() == 1);
        connection.close(Ends.network());

        assertThat(open.awaitEnd(SOON)).isTrue();
        assertThat(open.trouble()).isEqualTo("the connection is lost");
        gate.countDown();
        await().atMost(SOON).until(() -> ended.size() == 1);
        assertThat(connection.channels).allMatch(channel -> channel.settled.isEmpty());
    }

    @Test
    void aConnectionThatIsLostWhileItOpensLeavesNothingBehind() {
        connection.before("queueDeclarePassive q", () -> connection.close(Ends.network()));

        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anErrorWhileItOpensIsNamedWithItsQueue() throws IOException {
        connection.refuse("queueDeclarePassive", "q", new OutOfMemoryError("no native threads"));

        assertThat(open().trouble()).contains("queue 'q' is not consumed", "no native threads");
    }

    @Test
    void anErrorWhileAQueueIsConsumedAnewEndsNoThread() throws IOException {
        gate.countDown();
        open();
        var first = channel();
        connection.refuse("queueDeclarePassive", "q", new InternalError("no native threads"));
        first.close(Ends.timedOut(4_000));
        long asked = connection.count("queueDeclarePassive", "q");
        await().atMost(SOON).until(() -> connection.count("queueDeclarePassive", "q") > asked);

        connection.allow("queueDeclarePassive", "q");
        deliver("a", false);
        await().atMost(SOON).until(() -> ended.size() == 1);
    }

    @Test
    void aQueueThatMayNotBeConsumedIsNamedAndTheOthersAreConsumed() throws IOException {
        queues.add("no");
        connection.refuse("basicConsume", "no", Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        gate.countDown();
        var open = open();

        await().atMost(SOON).until(() -> String.valueOf(open.trouble()).contains("queue 'no' is not consumed"));
        deliver("a", false);
        await().atMost(SOON).until(() -> ended.size() == 1);
    }

    @Test
    void tasksThatHaveRunAndWaitForTheirEndingsTakeNoRoomFromOthers() throws IOException {
        gate.countDown();
        settles = false;
        var open = open();
        for (int i = 0; i < 5; i++) {
            deliver("ends-" + i, false);
        }
        await().atMost(SOON).until(() -> ended.size() == 5);
        assertThat(channel().consumers()).isEqualTo(1);
        await().atMost(SOON).until(() -> {
            clock.pass(Duration.ofSeconds(1));
            return channel().consumers() == 2;
        });
        assertThat(channel().qos()).as("as many again").isEqualTo(5);
        await().atMost(SOON).until(() -> open.prefetch() == 5);

        ended.forEach(job -> job.delivery().receipt().settle(new Disposition.Ack()));
        await().atMost(SOON).until(() -> channel().consumers() == 1);
        assertThat(sender.sent()).as("nothing had to go back").isEmpty();
    }

    @Test
    void whereLongTasksThatWereAcknowledgedEarlyHaveTheSlotsNothingWaits() throws IOException {
        acksEarly = true;
        prefetch = OptionalInt.empty();
        var open = open();
        await().atMost(SOON).until(() -> open.prefetch() == 2);
        deliver("runs", false);
        deliver("runs too", false);
        await().atMost(SOON).until(() -> started.get() == 2);
        deliver("waits", false);

        clock.pass(Duration.ofSeconds(10));
        await().atMost(SOON).until(() -> open.prefetch() == 0);
        await().atMost(SOON).until(() -> sender.destinations().equals(List.of("q")));

        gate.countDown();
        await().atMost(SOON).until(() -> open.prefetch() == 2);
    }

    @Test
    void bindsItsQueuesForDelays() throws IOException {
        open();

        await().atMost(SOON).until(() -> connection.count("queueBind", "q") == 1);
    }

    @Test
    void aHeldDeliveryComesToItsSlotAgain() throws IOException {
        gate.countDown();
        disposition = new Disposition.Hold(Duration.ofSeconds(5), null);
        open();
        deliver("a", false);
        await().atMost(SOON).until(() -> !timer.waiting().isEmpty());
        assertThat(channel().settled).isEmpty();

        disposition = new Disposition.Ack();
        timer.pass(Duration.ofSeconds(6));
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(ended).hasSize(2);
    }

    @Test
    void whatIsHeldForATurnAsksAnewWhenTheLimitOfItsTaskIsAnother() throws IOException {
        gate.countDown();
        var turn = clock.instant().plus(Duration.ofHours(1));
        disposition = new Disposition.Hold(Duration.ofHours(1), turn);
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> !timer.waiting().isEmpty());

        disposition = new Disposition.Ack();
        open.askAnew(Given.TASK);
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(ended).last().matches(job -> job.delivery().turn() == null);
        timer.pass(Duration.ofHours(2));
        assertThat(ended).hasSize(2);
    }

    @Test
    void beforeItEndsWhatWaitsGoesBackAsNewMessages() throws IOException {
        var open = open();
        deliver("runs", false);
        deliver("runs too", false);
        await().atMost(SOON).until(() -> started.get() == 2);
        deliver("waits", false);
        var channel = channel();
        open.quiet();

        assertThat(sender.destinations()).containsExactly("q");
        assertThat(Returns.count(sender.last().parcel().message())).isZero();
        await().atMost(SOON).until(() -> channel.settled.contains("ack 3"));
        assertThat(channel.consumers()).isZero();
        gate.countDown();
        await().atMost(SOON).until(() -> channel.settled.stream().anyMatch(each -> each.endsWith(" 2")));
    }

    @Test
    void whatIsHeldGoesBackAsWell() throws IOException {
        gate.countDown();
        disposition = new Disposition.Hold(Duration.ofHours(5), null);
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> !timer.waiting().isEmpty());
        open.quiet();

        assertThat(sender.destinations()).containsExactly("q");
    }

    @Test
    void whatCannotBeSentGoesBackAsItIs() throws IOException {
        settling = false;
        var open = open();
        deliver("a", false);
        var channel = channel();
        open.quiet();

        await().atMost(SOON).until(() -> channel.settled.contains("requeue 1"));
        assertThat(sender.sent()).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void atItsEndItsAcknowledgementsAreWithTheBroker() throws Exception {
        gate.countDown();
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> ended.size() == 1);
        var channel = channel();
        open.quiet();
        open.close(SOON);

        assertThat(channel.settled).containsExactly("ack 1");
        await().atMost(SOON).until(() -> !connection.connection().isOpen());
    }

    private Session open() throws IOException {
        var opened = Session.on(opening(), wants());
        session = opened;
        return opened;
    }

    /// The connection that queues share, and then further ones.
    private Opening opening() {
        var first = new AtomicBoolean(true);
        return () -> first.getAndSet(false) ? connection.connection() : connection.another();
    }

    private void deliver(String id, boolean again) throws IOException {
        channel().deliver(Given.wire(Given.message(id)), again);
    }

    private FakeChannel channel() {
        await().atMost(SOON).until(() -> connection.channels.stream().anyMatch(channel -> channel.consumers() > 0));
        return connection.consuming();
    }

    private Wants wants() {
        var registry = new TaskRegistry(List.of(TaskDefinition.of(Given.TASK, (args, kwargs, context) -> {
            started.incrementAndGet();
            gate.await();
            return null;
        })));
        var endings = new Endings() {
            @Override
            public void ended(Job job, Outcome outcome) {
                if (settles) {
                    job.delivery().receipt().settle(disposition);
                }
                ended.add(job);
            }

            @Override
            public void malformed(Delivery delivery, Malformed why) {
                delivery.receipt().settle(new Disposition.Ack());
            }
        };
        var pipeline = new Pipeline(
                new Dispatch(new Routes(List.of()), registry),
                List.of((job, next) -> {
                    if (acksEarly) {
                        job.delivery().receipt().settle(new Disposition.Ack());
                    }
                    return next.proceed(job);
                }),
                new TimeLimiter(timer),
                new RecordingErrands(),
                new RecordingEmitter(),
                FakeSignals.awaiting(),
                new Random(1),
                clock);
        return new Wants(
                queues,
                prefetch,
                10,
                new Slots(2),
                Thread.ofVirtual().factory(),
                new Runner(pipeline, new Jobs(), endings, clock),
                new Runs(clock),
                window,
                new QueueTroubles(),
                sender,
                () -> settling,
                new Traffic() {
                    @Override
                    public void redelivered() {
                        redelivered.incrementAndGet();
                    }

                    @Override
                    public void reconnected() {}
                },
                timer,
                clock);
    }
}
