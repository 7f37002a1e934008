package dev.jtask.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RenewalTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeSource source = new FakeSource(Clock.systemUTC(), Duration.ofMillis(1_500));
    private final Tokens tokens = new Tokens(source, Clock.systemUTC());
    private final Renewal renewal = new Renewal(tokens, Clock.systemUTC());
    private final Queue<String> first = new ConcurrentLinkedQueue<>();
    private final Queue<String> second = new ConcurrentLinkedQueue<>();

    @Test
    void eachConnectionHearsOfEachTokenAndNobodyAsksWhenNoneIsOpen() throws IOException {
        // a busy machine may be late for each by a second
        var source = new FakeSource(Clock.systemUTC(), Duration.ofSeconds(5));
        var tokens = new Tokens(source, Clock.systemUTC());
        var renewal = new Renewal(tokens, Clock.systemUTC());
        tokens.good();
        var one = renewal.opened(() -> first.add(tokens.getPassword()), () -> first.add("cut"));
        renewal.opened(
                () -> {
                    second.add(tokens.getPassword());
                    return false; // it is closed
                },
                () -> second.add("cut"));

        await().atMost(SOON).until(() -> first.size() >= 2);
        assertThat(first).containsSequence("token 2", "token 3");
        assertThat(second).containsExactly("token 2");

        renewal.closed(one);
        await("the thread ends")
                .atMost(SOON)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("oauth-renewal")));
        assertThat(source.asked.get()).isBetween(3, 5);
    }

    @Test
    void asksAgainWhenThereIsNone() throws IOException {
        tokens.good();
        source.down = true;
        var one = renewal.opened(() -> first.add(tokens.getPassword()), () -> first.add("cut"));
        await().atMost(SOON).until(() -> source.asked.get() >= 2);
        source.down = false;
        await().atMost(SOON).until(() -> !first.isEmpty());
        renewal.closed(one);
    }

    @Test
    void aConnectionIsCutWhenItsTokenEndsWithoutAnother() throws IOException {
        tokens.good();
        source.down = true;
        renewal.opened(() -> first.add(tokens.getPassword()), () -> first.add("cut"));
        await().atMost(SOON).until(() -> !first.isEmpty());
        assertThat(first).containsExactly("cut");
    }

    @Test
    void oneThatFailsToHearKeepsNoOtherFromIt() throws IOException {
        tokens.good();
        renewal.opened(
                () -> {
                    throw new IOException("broken");
                },
                () -> second.add("cut"));
        var one = renewal.opened(() -> first.add(tokens.getPassword()), () -> first.add("cut"));
        await().atMost(SOON).until(() -> !first.isEmpty() && !second.isEmpty());
        assertThat(second).containsExactly("cut");
        renewal.closed(one);
    }
}
