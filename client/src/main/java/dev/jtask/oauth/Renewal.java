package dev.jtask.oauth;

import com.rabbitmq.client.impl.CredentialsProvider;
import com.rabbitmq.client.impl.CredentialsRefreshService;
import dev.jtask.protocol.time.Pauses;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells each open connection of a new token before the present one ends, and cuts those that would outlive theirs:
/// some brokers leave them open and refuse what is sent, as if it were the message's fault. Asks for no token while no
/// connection is open, so it needs no end.
final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Pauses PAUSES = new Pauses(SHORTEST, Duration.ofSeconds(30));

    private final Tokens tokens;
    private final Clock clock;
    private final Map<String, Told> connections = new ConcurrentHashMap<>();
    /// One may wait for an answer when the other has to cut.
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, Renewal::thread);

    private boolean planned;
    private int failures;

    /// A connection.
    ///
    /// @param tell of the present token; false when it is closed
    /// @param cut ends it as a network does that fails
    private record Told(Callable<Boolean> tell, Runnable cut) {}

    Renewal(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
        timer.setKeepAliveTime(SHORTEST.toMillis(), TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /// What the client library asks of it for one connection.
    CredentialsRefreshService of(Runnable cut) {
        return new CredentialsRefreshService() {

            @Override
            public String register(CredentialsProvider provider, Callable<Boolean> tell) {
                return opened(tell, cut);
            }

            @Override
            public void unregister(CredentialsProvider provider, String id) {
                closed(id);
            }

            // nobody connects with a token that is due
            @Override
            public boolean isApproachingExpiration(Duration left) {
                return false;
            }
        };
    }

    String opened(Callable<Boolean> tell, Runnable cut) {
        var id = UUID.randomUUID().toString();
        connections.put(id, new Told(tell, cut));
        plan();
        return id;
    }

    void closed(String id) {
        connections.remove(id);
    }

    private synchronized void plan() {
        if (planned || connections.isEmpty()) {
            return;
        }
        planned = true;
        var unused = timer.schedule(this::renew, pause().toMillis(), TimeUnit.MILLISECONDS);
        var present = tokens.last();
        if (present != null && failures == 0) {
            var end = Math.max(0, present.left(clock.instant()).toMillis());
            var ignored = timer.schedule(() -> end(present), end, TimeUnit.MILLISECONDS);
        }
    }

    private Duration pause() {
        if (failures > 0) {
            return PAUSES.after(failures);
        }
        var present = tokens.last();
        var pause = present == null ? SHORTEST : Duration.between(clock.instant(), present.due());
        // a millisecond more, as it must be due then
        return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause.plusMillis(1);
    }

    private void renew() {
        synchronized (this) {
            planned = false;
            if (connections.isEmpty()) {
                return;
            }
        }
        try {
            var token = tokens.good();
            if (token.isDue(clock.instant())) {
                failed("no new token; the present one ends in %d s"
                        .formatted(token.left(clock.instant()).toSeconds()));
            } else {
                succeeded();
                connections.forEach((id, told) -> thread(() -> tell(id, told)).start());
            }
        } catch (IOException | RuntimeException e) {
            failed(String.valueOf(e.getMessage()));
        }
        plan();
    }

    private void end(Token token) {
        if (!token.equals(tokens.last())) {
            return; // it has a successor, of which all were told
        }
        var open = List.copyOf(connections.values());
        connections.clear();
        open.forEach(told -> told.cut().run());
    }

    private synchronized void failed(String why) {
        failures++;
        if (failures == 1) {
            LOG.warn("{}; asking again until there is one", why);
        }
    }

    private synchronized void succeeded() {
        if (failures > 0) {
            LOG.info("there is a new token again");
        }
        failures = 0;
    }

    private void tell(String id, Told told) {
        try {
            if (!Boolean.TRUE.equals(told.tell().call())) {
                connections.remove(id);
            }
        } catch (Exception e) {
            LOG.debug("a connection has not taken its new token", e);
            connections.remove(id);
            told.cut().run();
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "oauth-renewal");
        thread.setDaemon(true);
        return thread;
    }
}
