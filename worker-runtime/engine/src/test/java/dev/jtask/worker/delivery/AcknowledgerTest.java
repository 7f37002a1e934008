package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgerTest {

    private static final Duration SOON = Duration.ofSeconds(60);

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
    void waitsForMoreToAcknowledgeInOneFrameWhileEnoughIsOpen() throws InterruptedException {
        var pauses = new SynchronousQueue<String>();
        var patient = new Acknowledger(channel.channel(), () -> meet(pauses));
        for (int tag = 1; tag <= 9; tag++) {
            patient.delivered(tag, 1);
        }
        patient.ack(1);
        pauses.take();
        patient.ack(2);
        patient.ack(3);
        pauses.take();
        patient.flush(SOON.toMillis(), TimeUnit.MILLISECONDS);
        patient.stop();

        assertThat(channel.settled).containsExactly("ack up to 3");
    }

    @Test
    void whatIsSettledInOneTurnIsHandedOnTogether() throws InterruptedException {
        var pauses = new SynchronousQueue<String>();
        var patient = new Acknowledger(channel.channel(), () -> meet(pauses));
        for (int tag = 1; tag <= 20; tag++) {
            patient.delivered(tag, 1);
        }
        patient.ack(2);
        pauses.take();
        patient.ack(4);
        patient.ack(6);
        patient.requeue(8);
        pauses.take();
        patient.flush(SOON.toMillis(), TimeUnit.MILLISECONDS);
        patient.stop();

        assertThat(channel.settled).containsExactly("requeue 8", "ack 2", "ack 4", "ack 6");
        assertThat(channel.flushes).hasValue(1);
    }

    @Test
    void acknowledgesAtOnceWhenLittleElseIsOpenOrSomethingGoesBack() throws InterruptedException {
        var pauses = new AtomicInteger();
        var impatient = new Acknowledger(channel.channel(), pauses::incrementAndGet);
        for (int tag = 1; tag <= 9; tag++) {
            impatient.delivered(tag, 1);
        }
        for (int tag = 9; tag >= 5; tag--) {
            impatient.requeue(tag);
        }
        impatient.flush(SOON.toMillis(), TimeUnit.MILLISECONDS);
        impatient.ack(1);
        impatient.flush(SOON.toMillis(), TimeUnit.MILLISECONDS);
        impatient.stop();

        assertThat(channel.settled).hasSize(6).endsWith("ack 1");
        assertThat(pauses).hasValue(0);
    }

    @Test
    void goesOnWhateverItsThreadMeets() throws InterruptedException {
        var failing = new Acknowledger(channel.channel(), () -> {
            throw new InternalError("for a moment");
        });
        for (int tag = 1; tag <= 9; tag++) {
            failing.delivered(tag, 1);
        }
        for (int tag = 1; tag <= 2; tag++) {
            failing.ack(tag);
            failing.flush(SOON.toMillis(), TimeUnit.MILLISECONDS);
        }
        failing.ack(3);
        await().atMost(SOON).until(() -> channel.settled.contains("ack 3"));
        failing.stop();

        assertThat(channel.settled).containsExactly("ack 1", "ack 2", "ack 3");
    }

    /// Once when the pause begins, and once when it may end.
    private static void meet(SynchronousQueue<String> pauses) {
        try {
            pauses.put("begins");
            pauses.put("ends");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
