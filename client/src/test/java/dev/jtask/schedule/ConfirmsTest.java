package dev.jtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.schedule.Confirms.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConfirmsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Confirms confirms = new Confirms();

    @Test
    void eachHasItsOwnAnswer() throws InterruptedException {
        confirms.expect(1);
        confirms.expect(2);
        confirms.handleNack(1, false);
        confirms.handleAck(2, true);
        confirms.await(LONG);

        assertThat(confirms.take(1)).as("it was refused before").isEqualTo(Answer.REFUSED);
        assertThat(confirms.take(2)).isEqualTo(Answer.TAKEN);
        assertThat(confirms.take(2)).as("forgotten").isEqualTo(Answer.NONE);
    }

    @Test
    void oneAnswerMayBeForSeveral() throws InterruptedException {
        confirms.expect(1);
        confirms.expect(2);
        var ignored = CompletableFuture.runAsync(() -> confirms.handleAck(2, true));
        confirms.await(LONG);

        assertThat(confirms.take(1)).isEqualTo(Answer.TAKEN);
        assertThat(confirms.take(2)).isEqualTo(Answer.TAKEN);
    }

    @Test
    void nobodyWaitsLongerThanItsPatienceOrThanTheChannelIsOpen() throws InterruptedException {
        confirms.expect(1);
        confirms.await(Duration.ofMillis(1));
        assertThat(confirms.take(1)).isEqualTo(Answer.NONE);

        confirms.expect(2);
        confirms.end();
        confirms.await(LONG);
        assertThat(confirms.take(2)).isEqualTo(Answer.NONE);
    }
}
