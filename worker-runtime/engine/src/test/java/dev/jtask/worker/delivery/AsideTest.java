package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AsideTest {

    private static final WireMessage MESSAGE = Given.wire(Given.message("a"));
    private static final Parcel TASK = Parcel.tasks(Route.toQueue("q"), MESSAGE);

    private final RecordingSender sender = new RecordingSender();
    private final List<String> put = new ArrayList<>();
    private final Aside aside = new Aside(sender, Set.of("q", "x".repeat(250))::contains, put::add);

    @Test
    void whatHasRoomGoesWhereItShould() {
        assertThat(aside.send(TASK, Patience.ENDLESS)).isCompleted();

        assertThat(sender.last().parcel()).isEqualTo(TASK);
        assertThat(put).isEmpty();
    }

    @Test
    void whatItsOwnFullQueueDoesNotTakeGoesAmongTheSuspects() {
        full("q");
        assertThat(aside.send(TASK, Patience.ENDLESS)).isCompleted();

        assertThat(sender.last().parcel()).isEqualTo(Parcel.plain("q.suspects", MESSAGE));
        assertThat(put).containsExactly("q");
    }

    @Test
    void aNewTaskForWhichThereIsNoPlaceBesideItWaitsInTheBroker() {
        full("q", "q.suspects");
        assertThat(aside.send(TASK, Patience.ENDLESS)).isCompleted();

        assertThat(sender.last().parcel()).isEqualTo(Parcel.delayed("q", MESSAGE, Duration.ofSeconds(1)));
        assertThat(put).isEmpty();
    }

    @Test
    void aNewTaskForWhichThereIsNoOtherPlaceWaitsHere() {
        sender.answer(parcel -> sender.sent().size() < 3
                ? RecordingSender.failed(
                        sender.sent().isEmpty() ? BrokerFailures.full("q") : BrokerFailures.refused("forbidden"))
                : new CompletableFuture<>());

        assertThat(aside.send(TASK, Patience.ENDLESS)).isNotDone();
        assertThat(sender.sent()).hasSize(4);
        assertThat(sender.last().parcel()).isEqualTo(TASK);
        assertThat(sender.last().patience()).isEqualTo(Patience.ENDLESS);
    }

    @Test
    void whatTheBrokerHasAlreadyStaysWhereItIs() {
        full("q", "q.suspects");
        var sent = aside.send(Parcel.reply("q", MESSAGE), Patience.ENDLESS);

        assertThat(sent).isCompletedExceptionally();
        assertThat(sent.exceptionNow())
                .satisfies(failure -> assertThat(Aside.isNacked(failure)).isTrue());
    }

    @Test
    void whatASuspectsNameWouldBeTooLongForStaysWhereItIs() {
        var queue = "x".repeat(250);
        full(queue);

        assertThat(aside.send(Parcel.reply(queue, MESSAGE), Patience.ENDLESS)).isCompletedExceptionally();
        assertThat(sender.destinations()).containsExactly(queue);
    }

    @Test
    void aSenderThatEndsIsNoFullQueue() {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("the sender was closed first")));

        assertThat(aside.send(TASK, Patience.ENDLESS)).isCompletedExceptionally();
        assertThat(sender.destinations()).containsExactly("q");
    }

    @Test
    void othersWaitAsTheyWere() {
        var _ = aside.send(Parcel.tasks(Route.toQueue("theirs"), MESSAGE), Patience.ENDLESS);
        var _ = aside.send(Parcel.tasks(new Route("exchange", "q"), MESSAGE), Patience.ENDLESS);
        var _ = aside.send(Parcel.reply("q", MESSAGE), Patience.RESULT);

        assertThat(sender.sent())
                .extracting(RecordingSender.Sent::patience)
                .containsExactly(Patience.ENDLESS, Patience.ENDLESS, Patience.RESULT);
    }

    private void full(String... queues) {
        var all = Set.of(queues);
        sender.answer(parcel -> all.contains(parcel.route().routingKey())
                ? RecordingSender.failed(BrokerFailures.full(parcel.route().routingKey()))
                : RecordingSender.confirmed());
    }
}
