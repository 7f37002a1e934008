package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Receipt;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ParkingTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final SettableClock clock = new SettableClock();
    private final Runs runs = new Runs(clock);
    private final FakeLot lot = new FakeLot();
    private final AckWindow window = Windows.of(Duration.ofSeconds(60));

    @Test
    void aTaskThatIsDeclaredLongIsParkedAtOnce() {
        var parking = parking(delivery -> true);
        begin("q");
        parking.look(0);

        assertThat(parking.parked()).isEqualTo(1);
        assertThat(lot.place().lease()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void anyOtherIsParkedWhenHalfOfTheTimeIsOver() {
        var parking = parking(delivery -> false);
        begin("q");
        clock.pass(Duration.ofSeconds(29));
        parking.look(0);
        assertThat(parking.parked()).isZero();
        clock.pass(Duration.ofSeconds(1));
        parking.look(1);

        assertThat(parking.parked()).isEqualTo(1);
        parking.look(2);
        assertThat(lot.parked).hasSize(1);
    }

    @Test
    void aClockThatIsPutBackMakesNoDeliveryYounger() {
        var parking = parking(delivery -> false);
        begin("q");
        clock.pass(Duration.ofSeconds(20));
        parking.look(0);
        assertThat(parking.parked()).isZero();
        clock.pass(Duration.ofHours(-1));
        parking.look(1);

        assertThat(parking.parked()).isEqualTo(1);
    }

    @Test
    void whatTheBrokerSaysCountsFromThenOn() {
        var parking = parking(delivery -> false);
        begin("q");
        clock.pass(Duration.ofSeconds(6));
        window.learn(Duration.ofSeconds(10));
        parking.look(0);

        assertThat(parking.parked()).isEqualTo(1);
    }

    @Test
    void whatTheBrokerHasAgainIsNotParked() {
        var parking = parking(delivery -> true);
        var ticket = new FakeReceipt();
        runs.begin(Given.delivery(Given.wire(Given.message("a")), ticket));
        ticket.lose();
        parking.look(0);

        assertThat(lot.calls).isEmpty();
    }

    @Test
    void whatTheBrokerGaveBackBeforeItWasRenewedIsParkedAnew() {
        var parking = parking(delivery -> true);
        begin("q");
        parking.look(0);
        var first = lot.place();
        var back = new FakeReceipt();
        runs.adopt(new Delivery("q", lot.expire(), false, clock.instant(), null, back));
        parking.look(1);
        parking.look(2);

        assertThat(lot.place()).isNotEqualTo(first);
        assertThat(back.settled()).as("it is safe there").containsExactly(new Disposition.Ack());
    }

    @Test
    void aQueueWhoseNameHasNoRoomHasNoneParked() {
        var parking = parking(delivery -> true);
        begin("q".repeat(250));
        parking.look(0);

        assertThat(lot.calls).isEmpty();
    }

    @Test
    void waitsUntilThePlacesOfTasksThatAreDoneAreGone() throws InterruptedException {
        var parking = parking(delivery -> true);
        var receipt = begin("q");
        parking.look(0);
        receipt.settle(new Disposition.Ack());
        assertThat(parking.awaitEmptied(Duration.ZERO)).isFalse();

        parking.start();
        assertThat(parking.awaitEmptied(SOON)).isTrue();
        assertThat(lot.parked).isEmpty();
        parking.close();
        assertThat(lot.calls).contains("close");
        await().atMost(SOON)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("parking")));
    }

    private Receipt begin(String queue) {
        var message = Given.wire(Given.message("a"));
        return runs.begin(new Delivery(queue, message, false, clock.instant(), null, new FakeReceipt()))
                .receipt();
    }

    private Parking parking(Predicate<Delivery> isLong) {
        return new Parking(runs, window, isLong, lot, new RecordingSender(), 10, clock);
    }
}
