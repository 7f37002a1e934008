package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private final AtomicInteger closings = new AtomicInteger();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new Silence(new Pulse(Duration.ofSeconds(5), 3), closings::incrementAndGet));

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void closesAConnectionOnWhichNothingComes() {
        pass(14);
        assertThat(channel.isOpen()).isTrue();

        pass(2);
        assertThat(channel.isOpen()).isFalse();
        assertThat(closings).hasValue(1);
    }

    @Test
    void leavesOneThatIsHeardNowAndThen() {
        for (int i = 0; i < 10; i++) {
            pass(11);
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {1}));
        }

        assertThat(channel.isOpen()).isTrue();
        assertThat(closings).hasValue(0);
    }

    @Test
    void aLongPauseOfTheProgramItselfIsNoSilence() {
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isTrue();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
