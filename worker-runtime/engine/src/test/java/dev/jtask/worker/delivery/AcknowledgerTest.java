package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeConnection connection = new FakeConnection();
    private final FakeChannel channel = new FakeChannel(connection, 1);
    private final Acknowledger acknowledger = new Acknowledger(channel.channel());

    @AfterEach
    void stop() {
        acknowledger.stop();
    }

    @Test
    void acknowledgesWhatIsDoneAndReturnsWhatIsNot() throws InterruptedException {
        delivered(1, 2, 3);
        acknowledger.ack(1);
        flush();
        acknowledger.requeue(2);
        acknowledger.ack(3);
        flush();

        assertThat(channel.settled).containsExactly("ack 1", "requeue 2", "ack 3");
        assertThat(acknowledger.open()).isZero();
    }

    @Test
    void neverSettlesADeliveryTwice() throws InterruptedException {
        delivered(1);
        acknowledger.requeue(1);
        acknowledger.requeue(1);
        acknowledger.ack(1);
        flush();

        assertThat(channel.settled).containsExactly("requeue 1");
    }

    @Test
    void neverSettlesWhatWasNotDelivered() throws InterruptedException {
        acknowledger.ack(9);
        acknowledger.requeue(8);
        flush();

        assertThat(channel.settled).isEmpty();
    }

    @Test
    void whenItsChannelIsGoneSettlingDoesNothingAndItsThreadGoesOn() throws InterruptedException {
        delivered(1, 2);
        channel.close(Ends.network());
        acknowledger.ack(1);
        flush();

        assertThat(acknowledger.isClosed()).isTrue();
        acknowledger.requeue(2);
        flush();
        assertThat(channel.settled).isEmpty();
    }

    @Test
    void anUnexpectedFailureIsNotTheEndOfAllAcknowledgements() throws InterruptedException {
        delivered(1, 2);
        connection.refuse("basicAck", "1", new OutOfMemoryError("no buffers"));
        acknowledger.ack(1);
        flush();
        acknowledger.ack(2);

        await().atMost(SOON).until(() -> channel.settled.contains("ack 2"));
    }

    @Test
    void aFlushAfterItsEndWaitsForNothing() throws InterruptedException {
        delivered(1);
        acknowledger.stop();
        acknowledger.ack(1);
        long began = System.nanoTime();
        acknowledger.flush(300, TimeUnit.MILLISECONDS);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    }

    @Test
    void countsWhatIsOpenBySubscription() throws InterruptedException {
        acknowledger.delivered(1, 1);
        acknowledger.delivered(2, 2);
        acknowledger.delivered(3, 3);
        acknowledger.ack(2);
        flush();

        assertThat(acknowledger.open()).isEqualTo(2);
        assertThat(acknowledger.openBefore(3)).isEqualTo(1);
    }

    private void delivered(long... tags) {
        for (long tag : tags) {
            acknowledger.delivered(tag, 1);
        }
    }

    private void flush() throws InterruptedException {
        acknowledger.flush(SOON.toMillis(), TimeUnit.MILLISECONDS);
    }
}
