package dev.jtask.oauth;

import com.rabbitmq.client.impl.CredentialsProvider;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One token for all connections, asked for by whoever needs it first while the others wait.
final class Tokens implements CredentialsProvider {

    private final TokenSource source;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Token last;
    private volatile @Nullable Token refused;

    Tokens(TokenSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// One that is good for a while; the present one until its end where there is no other.
    ///
    /// @throws IOException saying why there is none
    Token good() throws IOException {
        turn.lock();
        try {
            var present = last;
            var now = clock.instant();
            boolean usable = present != null && !present.equals(refused);
            if (present != null && usable && !present.isDue(now)) {
                return present;
            }
            return next(usable ? present : null, now);
        } finally {
            turn.unlock();
        }
    }

    private Token next(@Nullable Token present, Instant now) throws IOException {
        try {
            var next = source.ask();
            last = next;
            return next;
        } catch (IOException e) {
            if (present == null || present.left(now).compareTo(Duration.ZERO) <= 0) {
                throw e;
            }
            return present;
        }
    }

    /// The broker does not take the present one: the next is a new one.
    void refused() {
        refused = last;
    }

    /// Null before the first.
    @Nullable
    Token last() {
        return last;
    }

    @Override
    public String getUsername() {
        return ""; // the token says it
    }

    @Override
    public String getPassword() {
        return present().text();
    }

    @Override
    public Duration getTimeBeforeExpiration() {
        return present().left(clock.instant());
    }

    @Override
    public void refresh() {
        // the client library would, just before it connects: that is when good() was asked
    }

    private Token present() {
        var present = last;
        if (present == null) {
            throw new IllegalStateException("a connection is opened with a token only");
        }
        return present;
    }
}
