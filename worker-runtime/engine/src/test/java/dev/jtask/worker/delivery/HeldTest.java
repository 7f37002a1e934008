package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final HandTimer timer = new HandTimer();
    private final List<String> ready = new ArrayList<>();
    private final Held held = new Held(
            timer,
            (delivery, preference) -> ready.add("%s of %d%s".formatted(id(delivery), preference, turn(delivery))));

    @Test
    void eachGoesOnWhenItsTimeIsOver() {
        held.hold(delivery("a"), new Disposition.Hold(HOUR, null), 0);
        held.hold(delivery("b"), turn(HOUR.multipliedBy(2)), 1);
        timer.pass(HOUR.plusSeconds(1));
        assertThat(ready).containsExactly("a of 0");

        timer.pass(HOUR);
        assertThat(ready).containsExactly("a of 0", "b of 1 with a turn");
    }

    @Test
    void whatWaitsUnderALimitAsksAnewInItsOrderAndOnce() {
        held.hold(delivery("later"), turn(HOUR.multipliedBy(2)), 1);
        held.hold(delivery("sooner"), turn(HOUR), 2);
        held.hold(delivery("moment"), new Disposition.Hold(HOUR, null), 0);

        held.askAnew("t.other");
        assertThat(ready).isEmpty();
        held.askAnew(Given.TASK);
        held.askAnew(Given.TASK);
        assertThat(ready).containsExactly("sooner of 2", "later of 1");

        timer.pass(HOUR.multipliedBy(3));
        assertThat(ready).containsExactly("sooner of 2", "later of 1", "moment of 0");
    }

    @Test
    void whatIsHeldOnceMoreWaitsForItsNewTurn() {
        var delivery = delivery("a");
        held.hold(delivery, turn(HOUR), 0);
        held.askAnew(Given.TASK);
        ready.clear();
        held.hold(delivery, turn(HOUR.multipliedBy(2)), 0);
        timer.pass(HOUR.plusSeconds(1));
        assertThat(ready).as("that was the old one").isEmpty();

        timer.pass(HOUR);
        assertThat(ready).hasSize(1);
    }

    @Test
    void whatIsTakenOutDoesNotGoOn() {
        held.hold(delivery("a"), turn(HOUR), 0);
        held.hold(delivery("b"), turn(HOUR), 0);
        var taken = new ArrayList<String>();

        held.take(each -> id(each).equals("a"), each -> taken.add(id(each)));
        timer.pass(HOUR.plusSeconds(1));

        assertThat(taken).containsExactly("a");
        assertThat(ready).containsExactly("b of 0 with a turn");
    }

    private static Disposition.Hold turn(Duration delay) {
        return new Disposition.Hold(delay, SettableClock.START.plus(delay));
    }

    private static Delivery delivery(String id) {
        return Given.delivery(Given.wire(Given.message(id)), new FakeReceipt());
    }

    private static String id(Delivery delivery) {
        return String.valueOf(delivery.message().properties().headers().get("id"));
    }

    private static String turn(Delivery delivery) {
        return delivery.turn() == null ? "" : " with a turn";
    }
}
