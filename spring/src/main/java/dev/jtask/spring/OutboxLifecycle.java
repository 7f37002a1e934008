package dev.jtask.spring;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.Sender;
import dev.jtask.broker.talk.SentEvents;
import dev.jtask.spring.outbox.Level;
import dev.jtask.spring.outbox.OutboxRelay;
import dev.jtask.spring.outbox.OutboxSchema;
import dev.jtask.spring.outbox.OutboxTable;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Relays the outbox from before the application takes work until after it does: what its last tasks and requests wrote
/// goes out as well. The relay has a connection of its own.
final class OutboxLifecycle implements SmartLifecycle {

    /// Below the web server's phases, which are the first to start after it.
    private static final int PHASE = DEFAULT_PHASE - 8_192;

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final BrokerOptions broker;
    private final Duration publishTimeout;
    private final boolean sentEvents;
    private final OutboxProperties properties;
    private final OutboxTable table;
    private final OutboxSchema schema;
    private volatile @Nullable Running running;

    private record Running(OutboxRelay relay, Sender sender, List<SentEvents> events) {}

    /// @throws IllegalArgumentException naming the property that is wrong or missing
    OutboxLifecycle(
            JtaskProperties jtask,
            BrokerOptions broker,
            OutboxProperties properties,
            OutboxTable table,
            OutboxSchema schema) {
        this.broker = broker;
        this.publishTimeout = jtask.publishTimeout();
        this.sentEvents = jtask.sentEvents();
        this.properties = properties;
        this.table = table;
        this.schema = schema;
    }

    @Override
    public void start() {
        prepare();
        var sender = Sender.to(broker);
        var events = sentEvents ? List.of(SentEvents.to(broker, Clock.systemUTC())) : List.<SentEvents>of();
        Outgoing way = events.isEmpty() ? sender : events.get(0).around(sender);
        var relay = new OutboxRelay(table, way, publishTimeout, properties.pollInterval());
        relay.start();
        running = new Running(relay, sender, events);
    }

    @Override
    public void stop() {
        var ending = running;
        if (ending != null) {
            ending.relay.stop();
            ending.sender.close(CLOSING);
            ending.events.forEach(SentEvents::close);
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    OutboxTable table() {
        return table;
    }

    /// There is something new in the table.
    void wake() {
        var present = running;
        if (present != null) {
            present.relay.wake();
        }
    }

    List<String> troubles() {
        var present = running;
        return present == null ? List.of("the outbox's relay does not run") : present.relay.troubles();
    }

    Optional<Level> level() {
        var present = running;
        return present == null ? Optional.empty() : present.relay.level();
    }

    /// For a page of the application's health.
    Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        level().ifPresent(level -> {
            details.put("waiting", level.waiting());
            details.put("refused", level.refused());
            details.put("oldest", Duration.ofSeconds(level.oldest().toSeconds()).toString());
        });
        var troubles = troubles();
        if (!troubles.isEmpty()) {
            details.put("troubles", troubles);
        }
        return details;
    }

    private void prepare() {
        try {
            if (properties.createTable()) {
                schema.create();
            }
            schema.check();
        } catch (IllegalStateException e) {
            throw new JtaskStartException(
                    String.valueOf(e.getMessage()),
                    "Start the database if it is away; create the table by your migrations, from"
                            + " dev/jtask/spring/outbox/*.sql in this jar, or set jtask.outbox.create-table=true",
                    e);
        }
    }
}
