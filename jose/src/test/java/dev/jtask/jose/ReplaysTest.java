package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplaysTest {

    private final Replays replays = new Replays(Duration.ofHours(1));

    @Test
    void whatWasUsedIsKnownForItsTime() {
        replays.use("a", Given.NOON);
        replays.use("b", Given.NOON.plusSeconds(3_600));
        assertThat(replays.isUsed("a")).isTrue();

        replays.use("c", Given.NOON.plusSeconds(3_601));
        assertThat(replays.isUsed("a")).isFalse();
        assertThat(replays.isUsed("b")).isTrue();
    }

    @Test
    void itDoesNotGrowBeyondItsMost() {
        for (int i = 0; i < Replays.MOST + 10; i++) {
            replays.use("n" + i, Given.NOON);
        }

        assertThat(replays.size()).isEqualTo(Replays.MOST);
        assertThat(replays.isUsed("n9")).isFalse();
        assertThat(replays.isUsed("n10")).isTrue();
    }
}
