package dev.jtask.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.OversizedException;
import dev.jtask.broker.OversizedMessages;
import dev.jtask.worker.fakes.RecordingLog;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.SparseLog;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TooLargeTest {

    private final FakeChannel channel = new FakeChannel(new FakeConnection(), 1);
    private final Acknowledger acknowledger = new Acknowledger(channel.channel());
    private final RecordingLog log = new RecordingLog();
    private final TooLarge kept = new TooLarge("q", acknowledger, new SparseLog(log));

    @AfterEach
    void stop() {
        acknowledger.stop();
    }

    @Test
    void saysOnceAMinuteThatThereAreSomeHoweverOftenTheyComeAgain() {
        var why = catchThrowableOfType(
                OversizedException.class,
                () -> AmqpMessages.fromAmqp(OversizedMessages.properties("a", 20_000_000), new byte[0]));
        for (long tag = 1; tag <= 200; tag++) {
            acknowledger.delivered(tag, 1);
            kept.keep(tag, SettableClock.START, why);
            if (tag == 100) {
                assertThat(kept.size()).isEqualTo(100);
                kept.giveBack(since -> true);
                assertThat(kept.size()).isZero();
            }
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> channel.settled.size() == 100);
        assertThat(log.lines().stream().filter(line -> !line.startsWith("DEBUG")))
                .singleElement()
                .asString()
                .startsWith("WARN a message of queue 'q' stays unacknowledged, and others run:");
    }
}
