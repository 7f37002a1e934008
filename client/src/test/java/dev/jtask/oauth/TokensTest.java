package dev.jtask.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final Duration LIFE = Duration.ofSeconds(100);

    private final Shifted clock = new Shifted();
    private final FakeSource source = new FakeSource(clock, LIFE);
    private final Tokens tokens = new Tokens(source, clock);

    @Test
    void allShareOneUntilMostOfItsLifeIsOver() throws IOException {
        assertThat(tokens.good().text()).isEqualTo("token 1");
        clock.seconds = 79;
        assertThat(tokens.good().text()).isEqualTo("token 1");
        clock.seconds = 80;
        assertThat(tokens.good().text()).isEqualTo("token 2");
        assertThat(tokens.getPassword()).isEqualTo("token 2");
        assertThat(tokens.getTimeBeforeExpiration()).isEqualTo(LIFE);
    }

    @Test
    void aClockThatIsPutBackMakesNoneYounger() throws IOException {
        clock.seconds = 70;
        tokens.good();
        clock.seconds = 0;
        assertThat(tokens.good().text()).isEqualTo("token 2");
    }

    @Test
    void whileThereIsNoOtherTheOldOneIsUsedToItsEnd() throws IOException {
        tokens.good();
        source.down = true;
        clock.seconds = 99;
        assertThat(tokens.good().text()).isEqualTo("token 1");
        clock.seconds = 100;
        assertThatThrownBy(tokens::good).isInstanceOf(IOException.class).hasMessage("the server is down");
    }

    @Test
    void oneThatWasRefusedIsNotShownAgain() throws IOException {
        tokens.good();
        tokens.refused();
        assertThat(tokens.good().text()).isEqualTo("token 2");
        tokens.refused();
        source.down = true;
        assertThatThrownBy(tokens::good).isInstanceOf(IOException.class);
    }

    @Test
    void showsNoToken() throws IOException {
        assertThat(tokens.good().toString()).doesNotContain("token 1");
    }

    private static final class Shifted extends Clock {

        private long seconds;

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusSeconds(seconds);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
