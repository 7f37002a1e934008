package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.TaskMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskSenderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final RecordingOutgoing out = new RecordingOutgoing();
    private final TaskSender atTheWorker = new TaskSender(out, TaskSender.Waiting.AT_THE_WORKER, CLOCK);
    private final TaskSender inTheBroker = new TaskSender(out, TaskSender.Waiting.IN_THE_BROKER, CLOCK);

    @Test
    void whatIsDueGoesToItsQueue() {
        assertThat(send(inTheBroker, Route.toQueue("orders"), null)).isCompleted();
        assertThat(send(inTheBroker, Route.toQueue("orders"), NOW.minusSeconds(5)))
                .isCompleted();
        assertThat(send(inTheBroker, Route.toQueue("orders"), NOW.plusMillis(900)))
                .isCompleted();

        assertThat(out.sent)
                .hasSize(3)
                .allMatch(parcel -> parcel.route().equals(Route.toQueue("orders")))
                .allMatch(parcel -> parcel.upkeep() == Parcel.Upkeep.TASKS);
    }

    @Test
    void whatIsNotDueWaitsInTheBroker() {
        assertThat(send(inTheBroker, Route.toQueue("eu.orders"), NOW.plusSeconds(60)))
                .isCompleted();

        assertThat(out.sent).singleElement().satisfies(parcel -> {
            assertThat(parcel.upkeep()).isEqualTo(Parcel.Upkeep.DELAYED);
            assertThat(parcel.queue()).isEqualTo("eu.orders");
        });
    }

    @Test
    void whoeverLeavesItToTheWorkerSendsItAtOnce() {
        assertThat(send(atTheWorker, Route.toQueue("orders"), NOW.plusSeconds(60)))
                .isCompleted();

        assertThat(out.sent).singleElement().matches(parcel -> parcel.upkeep() == Parcel.Upkeep.TASKS);
    }

    @Test
    void behindAnExchangeNobodyKnowsTheQueueSoThatItWaitsThere() {
        assertThat(send(inTheBroker, new Route("theirs", "key"), NOW.plusSeconds(60)))
                .isCompleted();

        assertThat(out.sent).singleElement().matches(parcel -> parcel.upkeep() == Parcel.Upkeep.TASKS);
    }

    @Test
    void aBrokerWithoutDelaysHasItWaitAtTheWorker() {
        out.answer(parcel -> parcel.upkeep() == Parcel.Upkeep.DELAYED
                ? CompletableFuture.failedFuture(new PublishRefusedException("celery_delayed_27", "ACCESS_REFUSED"))
                : CompletableFuture.completedFuture(null));

        assertThat(send(inTheBroker, Route.toQueue("orders"), NOW.plusSeconds(60)))
                .isCompleted();
        assertThat(out.sent).extracting(Parcel::upkeep).containsExactly(Parcel.Upkeep.DELAYED, Parcel.Upkeep.TASKS);
    }

    @Test
    void aDelayThatNoQueueTookWaitsAtTheWorker() {
        out.answer(parcel -> parcel.upkeep() == Parcel.Upkeep.DELAYED
                ? CompletableFuture.failedFuture(new UnroutableException(parcel.route(), "NO_ROUTE"))
                : CompletableFuture.completedFuture(null));

        assertThat(send(inTheBroker, Route.toQueue("orders"), NOW.plusSeconds(60)))
                .isCompleted();
    }

    @Test
    void anyOtherFailureIsItsOwn() {
        var lost = new PublishNotConfirmedException("celery_delayed_27", "the connection was lost");
        out.answer(parcel -> CompletableFuture.failedFuture(lost));

        assertThat(send(inTheBroker, Route.toQueue("orders"), NOW.plusSeconds(60)))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCause(lost);
        assertThat(out.sent).hasSize(1);
    }

    @Test
    void aWrappedRefusalIsOneToo() {
        out.answer(parcel -> parcel.upkeep() == Parcel.Upkeep.DELAYED
                ? CompletableFuture.failedFuture(
                        new CompletionException(new PublishRefusedException("celery_delayed_27", "no")))
                : CompletableFuture.completedFuture(null));

        assertThat(send(inTheBroker, Route.toQueue("orders"), NOW.plusSeconds(60)))
                .isCompleted();
    }

    @Test
    void thatNothingCanWaitForItsQueueIsItsOwnFailureToo() {
        assertThat(send(inTheBroker, Route.toQueue("mail.*"), NOW.plusSeconds(60)))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(PublishRefusedException.class)
                .withMessageContaining("nothing can wait for it");
        assertThat(out.sent).isEmpty();
    }

    @Test
    void aWayOutThatThrowsHoldsUpNoOtherOfMany() {
        out.answer(parcel -> {
            throw new InternalError("for a moment");
        });

        assertThat(send(inTheBroker, Route.toQueue("orders"), null))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(InternalError.class);
    }

    private static CompletableFuture<@Nullable Void> send(TaskSender sender, Route route, @Nullable Instant eta) {
        var message = TaskMessage.builder("id-1", "t.add").eta(eta).build();
        return sender.send(new Routed(route, message), Patience.ENDLESS);
    }
}
