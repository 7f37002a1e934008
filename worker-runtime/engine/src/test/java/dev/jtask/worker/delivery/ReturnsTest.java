package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReturnsTest {

    private final RecordingSender sender = new RecordingSender();
    private final AtomicInteger counted = new AtomicInteger();
    private final List<String> suspected = new ArrayList<>();
    private final List<Outcome.Refused> refusals = new ArrayList<>();
    private final List<Delivery> anyway = new ArrayList<>();
    private final Moves moves = new Moves();
    private final FakeReceipt receipt = new FakeReceipt();
    private final Returns returns = returns(10);

    @Test
    void aMessageThatComesAgainIsANewOneWithTheNumberOfItsReturns() {
        returns.take(delivery(Map.of()));

        assertThat(sender.last().to()).isEqualTo("q");
        assertThat(redeliveries(sender.last().parcel())).isEqualTo(1);
        assertThat(sender.last().parcel().message().body())
                .isEqualTo(delivery(Map.of()).message().body());
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack());
        assertThat(counted).hasValue(1);
        assertThat(suspected).isEmpty();
    }

    @Test
    void itsCopyIsSafeBeforeItIsAcknowledged() {
        sender.hold();
        returns.take(delivery(Map.of()));
        assertThat(receipt.settled()).isEmpty();

        sender.last().answer().complete(null);
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack());
    }

    @Test
    void afterSeveralReturnsItIsASuspect() {
        returns.take(delivery(Map.of(JtaskHeaders.REDELIVERIES, 1)));
        assertThat(sender.last().to()).isEqualTo("q");

        returns.take(delivery(Map.of(JtaskHeaders.REDELIVERIES, 2)));
        assertThat(sender.last().to()).isEqualTo("q.suspects");
        assertThat(sender.last().parcel().upkeep()).as("made when missing").isEqualTo(Parcel.Upkeep.PLAIN);
        assertThat(redeliveries(sender.last().parcel())).isEqualTo(3);
        assertThat(suspected).containsExactly("q");
    }

    @Test
    void aLimitBelowThatMakesItOneSooner() {
        returns(1).take(delivery(Map.of()));

        assertThat(sender.last().to()).isEqualTo("q.suspects");
    }

    @Test
    void aNumberThatAnybodyHasWrittenMakesASuspectAndNoMore() {
        for (var forged : List.<Object>of(1_000_000, Long.MAX_VALUE, 1e300)) {
            returns.take(delivery(Map.of(JtaskHeaders.REDELIVERIES, forged)));
            assertThat(redeliveries(sender.last().parcel())).isEqualTo(3);
        }
        for (var forged : List.<Object>of(-5, "seven", List.of(1), Map.of())) {
            returns.take(delivery(Map.of(JtaskHeaders.REDELIVERIES, forged)));
            assertThat(redeliveries(sender.last().parcel())).isEqualTo(1);
        }
    }

    @Test
    void whatTheBrokerCountsBeginsAnew() {
        returns.take(delivery(Map.of("x-delivery-count", 19, "x-death", List.of(Map.of("count", 3)), "own", "kept")));

        assertThat(sender.last().parcel().message().properties().headers())
                .doesNotContainKeys("x-delivery-count", "x-death")
                .containsEntry("own", "kept")
                .containsEntry("id", "id-1");
    }

    @Test
    void whereNoSuspectsMayBeKeptItIsCountedOnInItsOwnQueue() {
        refuseSuspects();
        returns.take(delivery(Map.of(JtaskHeaders.REDELIVERIES, 7)));

        assertThat(sender.last().to()).isEqualTo("q");
        assertThat(redeliveries(sender.last().parcel())).isEqualTo(8);
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack());
        assertThat(anyway).isEmpty();
    }

    @Test
    void whereNoSuspectsMayBeKeptItIsRefusedBeyondTheLimit() {
        refuseSuspects();
        returns.take(delivery(Map.of(JtaskHeaders.REDELIVERIES, 10)));

        assertThat(refusals).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo("delivered 12 times without coming to an end");
            assertThat(refused.deliveries()).isEqualTo(12);
        });
        assertThat(sender.sent()).as("nothing but the suspect").hasSize(1);
        assertThat(receipt.settled()).isEmpty();
    }

    @Test
    void whereNothingMayBeSentItRunsWhereItIs() {
        sender.answer(parcel -> RecordingSender.failed(new CompletionException(BrokerFailures.refused("no"))));
        var delivery = delivery(Map.of(JtaskHeaders.REDELIVERIES, 2));
        returns.take(delivery);

        assertThat(anyway).containsExactly(delivery);
        assertThat(receipt.settled()).isEmpty();
        assertThat(suspected).isEmpty();
    }

    @Test
    void whatAFullQueueDoesNotTakeRunsWhereItIs() {
        sender.answer(parcel -> RecordingSender.failed(new CompletionException(BrokerFailures.full("q"))));
        var first = delivery(Map.of());
        returns.take(first);
        var suspect = delivery(Map.of(JtaskHeaders.REDELIVERIES, 2));
        returns.take(suspect);

        assertThat(anyway).containsExactly(first, suspect);
        assertThat(receipt.settled()).isEmpty();
        assertThat(suspected).isEmpty();
    }

    @Test
    void whereTheSuspectsAreFullItIsCountedOnInItsOwnQueue() {
        sender.answer(parcel -> parcel.route().routingKey().equals("q.suspects")
                ? RecordingSender.failed(BrokerFailures.full("q.suspects"))
                : RecordingSender.confirmed());
        returns.take(delivery(Map.of(JtaskHeaders.REDELIVERIES, 7)));

        assertThat(sender.destinations()).containsExactly("q.suspects", "q");
        assertThat(sender.sent().getFirst().patience()).isEqualTo(Patience.COPY);
        assertThat(redeliveries(sender.last().parcel())).isEqualTo(8);
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack());
    }

    /// It would be counted nowhere, and end its workers without an end.
    @Test
    void whatIsTooLargeWithItsNumberIsASuspectAsItIs() {
        sender.answer(parcel -> Returns.count(parcel.message()) > 0
                ? RecordingSender.failed(BrokerFailures.refused("too large"))
                : RecordingSender.confirmed());
        returns.take(delivery(Map.of()));

        assertThat(sender.destinations()).containsExactly("q", "q.suspects");
        assertThat(suspected).containsExactly("q");
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack());
        assertThat(anyway).isEmpty();
    }

    @Test
    void whereItCanBePutNowhereTheCountOfItsQueueHolds() {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.refused("no")));
        returns.take(delivery(Map.of("x-delivery-count", 10)));
        assertThat(anyway).hasSize(1);
        returns.take(delivery(Map.of("x-delivery-count", 11)));

        assertThat(anyway).hasSize(1);
        assertThat(refusals).singleElement().matches(refused -> refused.deliveries() == 12);
    }

    @Test
    void aQueueWhoseNameAllowsNoSuspectsHasNone() {
        var delivery = new Delivery(
                "q".repeat(250),
                delivery(Map.of(JtaskHeaders.REDELIVERIES, 2)).message(),
                true,
                Instant.EPOCH,
                null,
                receipt);
        returns.take(delivery);

        assertThat(sender.destinations()).containsExactly(delivery.queue());
        assertThat(redeliveries(sender.last().parcel())).isEqualTo(3);
    }

    @Test
    void theEndWaitsForCopiesThatAreOnTheirWay() throws InterruptedException {
        sender.hold();
        returns.take(delivery(Map.of()));
        assertThat(moves.await(Duration.ZERO)).isFalse();

        sender.last().answer().complete(null);
        assertThat(moves.await(Duration.ZERO)).isTrue();
    }

    @Test
    void whatCannotBeSentGoesBackAsItIs() {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.notConfirmed("the sender was closed first")));
        returns.take(delivery(Map.of()));

        assertThat(receipt.settled()).containsExactly(new Disposition.Requeue());
        assertThat(anyway).isEmpty();
    }

    @Test
    void whatWasNotStartedGoesBackUncounted() {
        returns.giveBack(delivery(Map.of())).join();
        assertThat(sender.last().to()).isEqualTo("q");
        assertThat(sender.last().parcel().message().properties().headers())
                .doesNotContainKey(JtaskHeaders.REDELIVERIES);

        returns.giveBack(delivery(Map.of(JtaskHeaders.REDELIVERIES, 2))).join();
        assertThat(redeliveries(sender.last().parcel())).isEqualTo(2);
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack(), new Disposition.Ack());
        assertThat(counted).hasValue(0);
    }

    @Test
    void whatCannotBeGivenBackAsANewMessageGoesBackAsItIs() {
        sender.answer(parcel -> RecordingSender.failed(BrokerFailures.unroutable("q")));
        returns.giveBack(delivery(Map.of())).join();

        assertThat(receipt.settled()).containsExactly(new Disposition.Requeue());
    }

    @Test
    void whatTheBrokerHasAgainIsNotDoubled() {
        receipt.lose();
        returns.giveBack(delivery(Map.of())).join();

        assertThat(sender.sent()).isEmpty();
    }

    private Returns returns(int limit) {
        return new Returns(
                sender,
                limit,
                counted::incrementAndGet,
                suspected::add,
                (delivery, refused) -> refusals.add(refused),
                anyway::add,
                moves);
    }

    private void refuseSuspects() {
        sender.answer(parcel -> parcel.route().routingKey().equals("q.suspects")
                ? RecordingSender.failed(new CompletionException(BrokerFailures.refused("no")))
                : RecordingSender.confirmed());
    }

    private Delivery delivery(Map<String, Object> headers) {
        WireMessage message = Given.wire(Given.wire(Given.message("id-1")), headers);
        return Given.delivery(message, receipt);
    }

    private static int redeliveries(Parcel parcel) {
        return Returns.count(parcel.message());
    }
}
