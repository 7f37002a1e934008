package dev.jtask.oauth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives tokens that are numbered, or none.
final class FakeSource implements TokenSource {

    final AtomicInteger asked = new AtomicInteger();
    volatile boolean down;
    private final Clock clock;
    private final Duration life;

    FakeSource(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    @Override
    public Token ask() throws IOException {
        int number = asked.incrementAndGet();
        if (down) {
            throw new IOException("the server is down");
        }
        return new Token("token " + number, clock.instant(), life);
    }
}
