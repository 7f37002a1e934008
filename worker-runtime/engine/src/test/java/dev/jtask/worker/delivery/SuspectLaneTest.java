package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.OversizedMessages;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspectLaneTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SUSPECTS = "q.suspects";

    private final FakeConnection connection = new FakeConnection();
    private final RecordingSender sender = new RecordingSender();
    private final List<Delivery> refusedOnes = new CopyOnWriteArrayList<>();
    private final List<Outcome.Refused> refusals = new CopyOnWriteArrayList<>();
    private final List<Duration> timeouts = new CopyOnWriteArrayList<>();
    private volatile Predicate<Delivery> known = delivery -> false;
    private final AtomicInteger progressed = new AtomicInteger();
    private final SuspectLane lane = new SuspectLane(
            connection.connection(),
            connection::another,
            sender,
            5,
            (delivery, refused) -> {
                refusedOnes.add(delivery);
                refusals.add(refused);
            },
            delivery -> known.test(delivery),
            timeouts::add,
            progressed::incrementAndGet,
            new Moves(),
            new SettableClock());

    @AfterEach
    void stop() {
        lane.stop();
    }

    @Test
    void withoutSuspectsNothingIsFetched() throws IOException {
        missing();
        lane.look(List.of("q"));

        assertThat(lane.next()).isNull();
        assertThat(connection.count("basicGet", SUSPECTS)).isZero();
    }

    @Test
    void aFetchThatEndsItsConnectionEndsNoOtherAndIsNotRepeatedAtOnce() throws IOException {
        suspect("a", 3, false);
        connection.refuse("basicGet", SUSPECTS, Ends.breakdown());
        lane.look(List.of("q"));
        assertThat(lane.next()).isNull();
        lane.expect("q");
        assertThat(lane.next()).isNull();

        assertThat(connection.count("basicGet", SUSPECTS)).isEqualTo(1);
        assertThat(connection.isOpen()).isTrue();
        connection.allow("basicGet", SUSPECTS);
        await("fetched over a new one").atMost(SOON).until(() -> {
            lane.expect("q");
            return lane.next() != null;
        });
    }

    @Test
    void aQueueWithoutSuspectsIsSeldomLookedAt() throws IOException {
        missing();
        for (int i = 0; i < 10; i++) {
            lane.look(List.of("q"));
        }

        assertThat(connection.count("queueDeclarePassive", SUSPECTS)).isEqualTo(1);
    }

    @Test
    void runsThemOneAfterTheOther() throws IOException {
        suspect("a", 3, false);
        suspect("b", 3, false);
        lane.look(List.of("q"));
        var first = next();

        assertThat(id(first)).isEqualTo("a");
        assertThat(first.queue()).as("it belongs to its queue").isEqualTo("q");
        assertThat(first.redelivered()).isTrue();
        assertThat(lane.next()).isNull();
        first.receipt().settle(new Disposition.Ack());
        assertThat(id(next())).isEqualTo("b");
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(progressed).hasValue(1);
    }

    @Test
    void oneThatIsHereForWantOfRoomWasNotRunBefore() throws IOException {
        suspect("new", 0, false);
        lane.look(List.of("q"));

        assertThat(next().hasComeAgain()).isFalse();
    }

    @Test
    void oneThatWasRunningWhenItsWorkerDiedIsCountedAndPutBack() throws IOException {
        suspect("killer", 3, true);
        lane.look(List.of("q"));

        assertThat(lane.next()).isNull();
        assertThat(sender.last().to()).isEqualTo(SUSPECTS);
        assertThat(Returns.count(sender.last().parcel().message())).isEqualTo(4);
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(refusals).isEmpty();
    }

    @Test
    void afterTooManyDeathsItIsRefusedWithTheirNumber() throws IOException {
        suspect("killer", 5, true);
        suspect("good", 3, false);
        lane.look(List.of("q"));

        assertThat(id(next())).as("the next one runs").isEqualTo("good");
        assertThat(refusals).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo("delivered 7 times without coming to an end");
            assertThat(refused.deliveries()).isEqualTo(7);
            assertThat(refused.kind()).isEqualTo(Outcome.Refused.Kind.UNFIT);
        });
        refusedOnes.getFirst().receipt().settle(new Disposition.Ack());
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
    }

    @Test
    void whatIsBeyondTheLimitIsNotRunAlsoWhenItIsANewMessage() throws IOException {
        suspect("killer", 6, false);
        lane.look(List.of("q"));

        assertThat(lane.next()).isNull();
        assertThat(refusals).hasSize(1);
    }

    @Test
    void oneThatIsLeftGoesBackAndRestsNoOtherQueue() throws IOException {
        suspect("killer", 5, true);
        suspect("good", 3, false);
        lane.look(List.of("q", "other"));
        next().receipt().settle(new Disposition.Ack());
        refusedOnes.getFirst().receipt().settle(new Disposition.Leave("no dead letters"));

        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
        assertThat(sender.last().to())
                .as("as a new one, which no limit of the broker's counts")
                .isEqualTo(SUSPECTS);
        assertThat(Returns.count(sender.last().parcel().message())).isEqualTo(6);
        assertThat(lane.trouble()).isEqualTo("no dead letters");
        suspect("rests", 3, false);
        lane.expect("q");
        assertThat(lane.next()).isNull();
        suspect("other.suspects", "b", 3, false);
        lane.expect("other");
        assertThat(id(next())).isEqualTo("b");
    }

    /// It would come round as fast as the broker answers, and be told again each time.
    @Test
    void onesWhoseLettersWaitAreHeldAndNotFetchedAgain() throws IOException {
        for (int i = 0; i < 150; i++) {
            suspect("killer", 5, true);
        }
        lane.look(List.of("q"));
        assertThat(lane.next()).isNull();

        assertThat(refusals).hasSize(100);
        assertThat(sender.sent()).isEmpty();
        assertThat(lane.next()).as("as many as may wait").isNull();
        assertThat(refusals).hasSize(100);
        refusedOnes.forEach(each -> each.receipt().settle(new Disposition.Ack()));
        assertThat(lane.next()).isNull();
        assertThat(refusals).hasSize(150);
    }

    @Test
    void oneWhoseEndingWaitsKeepsNoOthersFromTheirRun() throws IOException {
        suspect("rejects", 3, false);
        suspect("other.suspects", "b", 3, false);
        lane.look(List.of("q", "other"));
        var first = next();
        assertThat(lane.next()).as("it runs").isNull();
        ((SuspectReceipt) first.receipt()).leftSlot();
        assertThat(lane.next()).as("its ending may take its moment").isNull();

        await().atMost(SOON).until(() -> {
            var second = lane.next();
            return second != null && second.queue().equals(first.queue().equals("q") ? "other" : "q");
        });
    }

    @Test
    void queuesTakeTurns() throws IOException {
        for (int i = 0; i < 3; i++) {
            suspect("a" + i, 3, false);
            suspect("other.suspects", "b" + i, 3, false);
        }
        lane.look(List.of("q", "other"));
        var order = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            var next = next();
            order.add(next.queue());
            next.receipt().settle(new Disposition.Ack());
        }

        assertThat(order.subList(2, 6)).isEqualTo(order.subList(0, 4));
        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("q", "other");
    }

    @Test
    void oneThatIsTooLargeStaysTheBrokersAndKeepsNoOthersFromTheirRun() throws IOException {
        connection.add(SUSPECTS, OversizedMessages.properties("large", 20_000_000));
        suspect("good", 3, false);
        lane.look(List.of("q"));

        assertThat(id(next())).isEqualTo("good");
        assertThat(channel().settled).isEmpty();
        lane.returnKept(since -> true);
        await().atMost(SOON).until(() -> channel().settled.contains("requeue 1"));
    }

    @Test
    void whatIsKeptOfAQueueThatIsNotConsumedAnyMoreGoesBack() throws IOException {
        connection.add(SUSPECTS, OversizedMessages.properties("large", 20_000_000));
        lane.look(List.of("q"));
        assertThat(lane.next()).isNull();
        lane.look(List.of());

        await().atMost(SOON).until(() -> channel().settled.contains("requeue 1"));
    }

    @Test
    void oneOfWhichNoCopyCanBeCountedHasDiedItsLastDeath() throws IOException {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.refused("too large")));
        suspect("killer", 0, true);
        lane.look(List.of("q"));

        assertThat(lane.next()).isNull();
        assertThat(refusals).singleElement().matches(refused -> refused.deliveries() == 2);
        assertThat(channel().settled).isEmpty();
    }

    @Test
    void oneThatCannotBePutBackRestsItsQueue() throws IOException {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("closed")));
        suspect("killer", 3, true);
        lane.look(List.of("q"));

        assertThat(lane.next()).isNull();
        assertThat(lane.trouble()).contains("a suspect of queue 'q' cannot be put back", "closed");
        await().atMost(SOON).until(() -> channel().settled.contains("requeue 1"));
    }

    @Test
    void oneThatWasBlamedTooOftenWaitsAmongTheSuspects() throws IOException {
        suspect("new", 0, false);
        suspect("killer", 3, false);
        lane.look(List.of("q"));
        var first = next();
        assertThat(first.home()).isEqualTo("q");
        first.receipt().settle(new Disposition.Ack());

        assertThat(next().home()).isEqualTo(SUSPECTS);
    }

    @Test
    void aTasksOwnWishToRunAgainCountsAsAReturn() throws IOException {
        suspect("a", 3, false);
        lane.look(List.of("q"));
        next().receipt().settle(new Disposition.Requeue());

        assertThat(sender.last().to()).isEqualTo(SUSPECTS);
        assertThat(Returns.count(sender.last().parcel().message())).isEqualTo(4);
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
    }

    @Test
    void oneThatIsHereForWantOfRoomWaitsInItsQueue() throws IOException {
        suspect("a", 2, false);
        lane.look(List.of("q"));
        next().receipt().settle(new Disposition.Hold(Duration.ofSeconds(5), null));

        assertThat(sender.last().to()).isEqualTo("q");
        assertThat(lane.next()).as("the lane is free").isNull();
        await().atMost(SOON).until(() -> channel().settled.contains("ack 1"));
    }

    @Test
    void aMessageThatCannotBeMovedGoesBackAsItIs() throws IOException {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("closed")));
        suspect("a", 3, false);
        lane.look(List.of("q"));
        next().receipt().settle(new Disposition.Requeue());

        await().atMost(SOON).until(() -> channel().settled.contains("requeue 1"));
    }

    @Test
    void oneThatIsExpectedIsFetchedWithoutALook() {
        suspect("a", 3, false);
        lane.expect("q");

        assertThat(id(next())).isEqualTo("a");
    }

    @Test
    void aChannelThatIsLostWhileOneRunsDoesNotStopTheLane() throws IOException {
        suspect("a", 3, false);
        lane.look(List.of("q"));
        var first = next();
        channel().close(Ends.refused(AMQP.PRECONDITION_FAILED, "delivery acknowledgement timed out"));
        assertThat(first.receipt().isLost()).isTrue();

        suspect("b", 3, false);
        lane.expect("q");
        assertThat(id(next())).isEqualTo("b");
    }

    @Test
    void oneThatStillRunsHereIsNotBlamedWhenItComesAgain() throws IOException {
        known = delivery -> delivery.redelivered();
        suspect("long", 3, true);
        suspect("b", 3, false);
        lane.look(List.of("q"));

        assertThat(lane.next()).as("it runs already, and alone").isNull();
        assertThat(sender.sent()).isEmpty();
        assertThat(refusals).isEmpty();
    }

    @Test
    void hearsWhatTheBrokerAllows() throws IOException {
        suspect("long", 3, false);
        lane.look(List.of("q"));
        next();
        channel().close(Ends.timedOut(5_000));

        assertThat(timeouts).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void suspectsThatCannotBeCountedKeepNoOthersFromTheirs() throws IOException {
        connection.refuse(
                "queueDeclarePassive",
                "away.suspects",
                Ends.refused(
                        AMQP.NOT_FOUND,
                        "NOT_FOUND - home node 'rabbit@b' of durable queue 'away.suspects' is down or inaccessible"));
        suspect("a", 3, false);
        lane.look(List.of("away", "q"));

        assertThat(id(next())).isEqualTo("a");
    }

    @Test
    void suspectsOfAQueueThatIsNotConsumedAnyMoreAreLeft() throws IOException {
        suspect("a", 3, false);
        lane.look(List.of("q"));
        lane.look(List.of("other"));

        assertThat(lane.next()).isNull();
    }

    @Test
    void aBrokerThatRefusesToFetchHarmsNothing() {
        connection.refuse("basicGet", SUSPECTS, Ends.refused(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED"));
        suspect("a", 3, false);
        lane.expect("q");

        assertThat(lane.next()).isNull();
    }

    private void missing() {
        connection.refuse("queueDeclarePassive", SUSPECTS, Ends.refused(AMQP.NOT_FOUND, "NOT_FOUND"));
    }

    private void suspect(String id, int count, boolean redelivered) {
        suspect(SUSPECTS, id, count, redelivered);
    }

    private void suspect(String queue, String id, int count, boolean redelivered) {
        WireMessage message = Given.wire(Given.wire(Given.message(id)), Map.of(JtaskHeaders.REDELIVERIES, count));
        connection.add(queue, message, redelivered);
    }

    private Delivery next() {
        return Objects.requireNonNull(lane.next());
    }

    private FakeChannel channel() {
        return connection.channels.stream()
                .filter(FakeChannel::isOpen)
                .findFirst()
                .orElseThrow();
    }

    private static String id(Delivery delivery) {
        return String.valueOf(delivery.message().properties().headers().get("id"));
    }
}
