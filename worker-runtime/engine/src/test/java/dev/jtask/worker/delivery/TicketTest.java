package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Delivery;
import dev.jtask.worker.run.Disposition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeChannel channel = new FakeChannel(new FakeConnection(), 1);
    private final Acknowledger acknowledger = new Acknowledger(channel.channel());
    private final Origin origin = new Origin();
    private final Ticket ticket = ticket(7);

    @AfterEach
    void stop() {
        acknowledger.stop();
    }

    @Test
    void whatIsDoneIsAcknowledged() {
        ticket.settle(new Disposition.Ack());

        await().atMost(SOON).until(() -> channel.settled.contains("ack 7"));
        assertThat(origin.notes).containsExactly("settled Ack");
    }

    @Test
    void whatAnotherWorkerShallHaveGoesBack() {
        ticket.settle(new Disposition.Requeue());

        await().atMost(SOON).until(() -> channel.settled.contains("requeue 7"));
    }

    @Test
    void onlyTheFirstSettlementCounts() throws InterruptedException {
        ticket.settle(new Disposition.Ack());
        ticket.settle(new Disposition.Requeue());
        ticket.settle(new Disposition.Ack());
        ticket.settle(new Disposition.Hold(Duration.ofSeconds(1), null));
        acknowledger.flush(SOON.toMillis(), TimeUnit.MILLISECONDS);

        assertThat(channel.settled).containsExactly("ack 7");
        assertThat(origin.notes).containsExactly("settled Ack");
    }

    @Test
    void whatIsHeldStaysOpenAndMayBeHeldAgain() {
        ticket.settle(new Disposition.Hold(Duration.ofSeconds(1), null));
        ticket.settle(new Disposition.Hold(Duration.ofSeconds(2), null));

        assertThat(origin.notes).containsExactly("hold PT1S", "hold PT2S");
        assertThat(ticket.isOver()).isFalse();
        assertThat(acknowledger.open()).isEqualTo(1);
        ticket.settle(new Disposition.Ack());
        await().atMost(SOON).until(() -> channel.settled.contains("ack 7"));
    }

    @Test
    void whatIsLeftGoesBackWhenItsSourceSaysSo() {
        ticket.settle(new Disposition.Leave("no dead letters"));

        assertThat(origin.notes).containsExactly("leave no dead letters", "settled Leave");
        assertThat(channel.settled).isEmpty();
        assertThat(acknowledger.open()).isEqualTo(1);
        origin.giveBacks.getFirst().run();
        assertThat(origin.givenBack.getFirst().message().properties().headers()).containsEntry("id", "id-1");
        origin.givenBack.getFirst().receipt().settle(new Disposition.Ack());
        await().atMost(SOON).until(() -> channel.settled.contains("ack 7"));
    }

    @Test
    void isLostWithItsChannelUnlessItWasSettledBefore() {
        assertThat(ticket.isLost()).isFalse();
        var settled = ticket(8);
        settled.settle(new Disposition.Ack());
        channel.close(Ends.network());

        assertThat(ticket.isLost()).isTrue();
        assertThat(ticket.isOver()).isTrue();
        assertThat(settled.isLost()).isFalse();
    }

    private Ticket ticket(long tag) {
        acknowledger.delivered(tag, 1);
        var made = new Ticket(tag, acknowledger, origin);
        made.of(Given.delivery(Given.wire(Given.message("id-1")), made));
        return made;
    }

    /// Notes what comes back.
    private static final class Origin implements Ticket.Source {

        private final List<String> notes = new ArrayList<>();
        private final List<Runnable> giveBacks = new ArrayList<>();
        private final List<Delivery> givenBack = new ArrayList<>();

        @Override
        public void hold(Delivery delivery, Disposition.Hold hold) {
            notes.add("hold " + hold.delay());
        }

        @Override
        public void leave(String reason, Runnable giveBack) {
            notes.add("leave " + reason);
            giveBacks.add(giveBack);
        }

        @Override
        public void giveBack(Delivery delivery) {
            givenBack.add(delivery);
        }

        @Override
        public void settled(Disposition how) {
            notes.add("settled " + how.getClass().getSimpleName());
        }
    }
}
