package dev.jtask.broker;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.topology.DelayTopology;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes sure of queues, exchanges and delays before the first message to each. For the sender's thread alone.
///
/// Celery's producers declare their queue, and so do we. To publish to an exchange that is not there would end the
/// channel for everybody.
final class KnownRoutes {

    /// A refusal is not asked about again for so long: the broker is spared a storm of questions, and whoever mends
    /// what it said is not told it again.
    private static final Duration REFUSED = Duration.ofSeconds(1);

    /// All levels of the delays, which all queues share.
    private static final Route DELAYS = new Route(DelayTopology.EXIT, "");

    /// Since when each is known, by [System#nanoTime()].
    private final Map<Route, Long> known = new ConcurrentHashMap<>();
    private final Map<Route, Refusal> refused = new HashMap<>();

    private @Nullable Questions questions;

    private record Refusal(PublishRefusedException why, long until) {}

    /// @throws PublishRefusedException when the broker does not let us have what the parcel needs
    /// @throws IOException when the connection was lost before it was known
    void ensure(Connection connection, Parcel parcel) throws IOException {
        var route = key(parcel);
        if (parcel.upkeep() == Parcel.Upkeep.NONE || known.containsKey(route)) {
            return;
        }
        var before = refused.get(route);
        if (before != null && System.nanoTime() - before.until() < 0) {
            throw before.why();
        }
        long since = System.nanoTime();
        try {
            questions(connection).see(about(parcel), () -> look(connection, parcel));
        } catch (IOException e) {
            if (!Refusals.isAnswer(e)) {
                throw e;
            }
            var why = new PublishRefusedException(parcel.route().name(), e.getMessage(), e);
            refused.put(route, new Refusal(why, System.nanoTime() + TimeUnit.NANOSECONDS.convert(REFUSED)));
            throw why;
        }
        refused.remove(route);
        known.put(route, since);
    }

    /// To be made sure of anew: a publish failed, perhaps since somebody deleted what it needs. What was made sure of
    /// after that is not asked about once more for each message that failed with it.
    ///
    /// @param failed by [System#nanoTime()]
    void forget(Parcel parcel, long failed) {
        var key = key(parcel);
        known.entrySet()
                .removeIf(each -> each.getValue() - failed <= 0
                        && (each.getKey().equals(key)
                                || (parcel.upkeep() == Parcel.Upkeep.DELAYED
                                        && !each.getKey().isQueue())));
    }

    /// To be made sure of anew, all of it: the broker that comes back may be an empty one.
    void forgetAll() {
        known.clear();
        refused.clear();
        questions = null;
    }

    private static String about(Parcel parcel) {
        return parcel.upkeep() == Parcel.Upkeep.DELAYED
                ? "delays of " + parcel.queue()
                : parcel.route().name();
    }

    /// For as long as the connection lasts.
    private Questions questions(Connection connection) {
        var present = questions;
        if (present == null) {
            present = new Questions(connection);
            questions = present;
        }
        return present;
    }

    private static Route key(Parcel parcel) {
        return parcel.upkeep() == Parcel.Upkeep.DELAYED
                ? new Route(parcel.route().exchange(), parcel.queue())
                : parcel.route();
    }

    private void look(Connection connection, Parcel parcel) throws IOException {
        switch (parcel.upkeep()) {
            case NONE -> {}
            case TASKS -> Queues.ensure(connection, parcel.route());
            case PLAIN -> Queues.ensurePlain(connection, parcel.queue());
            case DELAYED -> {
                Queues.ensure(connection, parcel.queue());
                if (!known.containsKey(DELAYS)) {
                    long since = System.nanoTime();
                    Delays.declare(connection);
                    known.put(DELAYS, since);
                }
                Delays.bind(connection, parcel.queue());
            }
        }
    }
}
