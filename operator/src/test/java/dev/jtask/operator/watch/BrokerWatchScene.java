package dev.jtask.operator.watch;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.fake.FakeBroker;
import dev.jtask.operator.fake.FakeDepths;
import dev.jtask.operator.fake.FakeSecrets;
import dev.jtask.operator.fake.RecordingBrokerMetrics;
import dev.jtask.operator.fake.SettableClock;
import dev.jtask.operator.secret.AmqpAccess;
import dev.jtask.operator.secret.BrokerAccess;
import dev.jtask.operator.secret.ManagementDoor;
import dev.jtask.operator.secret.TlsMaterial;
import dev.jtask.protocol.uri.BrokerUri;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/// A watch of a broker and who hears what it sees.
abstract class BrokerWatchScene {

    static final Duration TICK = Duration.ofSeconds(5);

    static final AmqpAccess AMQP = FakeSecrets.USABLE.secret().amqp();

    final FakeBroker broker = new FakeBroker();
    final FakeDepths depths = new FakeDepths();
    final RecordingBrokerMetrics metrics = new RecordingBrokerMetrics();
    final Map<String, Probe> seen = new HashMap<>();
    final SettableClock clock = new SettableClock(Instant.EPOCH);

    final BrokerWatch<String> watch = watch(Duration.ofSeconds(4), Runnable::run);

    /// @param timeout of one answer
    /// @param threads where looks and what comes of them run
    BrokerWatch<String> watch(Duration timeout, Executor threads) {
        return new BrokerWatch<>(
                TICK,
                timeout,
                access -> broker,
                amqp -> depths,
                metrics,
                clock,
                clock::nanos,
                threads,
                (pool, api, probe) -> seen.put(pool, probe));
    }

    QueueSample sample(String pool, String queue) {
        var probe = (Probe.Seen) Objects.requireNonNull(seen.get(pool));
        return Objects.requireNonNull(probe.queues().get(queue));
    }

    static AmqpAccess amqp(String user) {
        return new AmqpAccess(BrokerUri.list("amqp://%s:p@one".formatted(user)), TlsMaterial.NONE);
    }

    static BrokerAccess access(String host) {
        return access(host, "u");
    }

    static BrokerAccess access(String host, String user) {
        return new BrokerAccess(
                List.of(new ManagementDoor(URI.create("http://" + host), user, "p", "/")), TlsMaterial.NONE);
    }
}
