package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Disposition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What a session holds, and for how much there is room.
class SessionRoomTest extends SessionScene {

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
    void whatIsHeldGoesBackAsWell() throws IOException {
        gate.countDown();
        disposition = new Disposition.Hold(Duration.ofHours(5), null);
        var open = open();
        deliver("a", false);
        await().atMost(SOON).until(() -> !timer.waiting().isEmpty());
        open.quiet();

        assertThat(sender.destinations()).containsExactly("q");
    }
}
