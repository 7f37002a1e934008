package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectLaneTest extends SuspectScene {

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

    /// It would come round as fast as the broker answers, and be told again each time.
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
}
