package dev.jtask.worker.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long the broker lets a delivery be unacknowledged before it takes it back (`consumer_timeout`), as far
/// as a worker can know it: what it was told, what this version of RabbitMQ can be asked for, and what the
/// broker itself says once it has happened.
public final class AckWindow {

    private static final Logger LOG = LoggerFactory.getLogger(AckWindow.class);

    /// Of every broker that nobody has configured otherwise.
    static final Duration USUAL = Duration.ofMinutes(30);

    /// The argument of queues and, where the broker knows it, of consumers.
    private static final String ARGUMENT = "x-consumer-timeout";

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration SLACK = Duration.ofMinutes(1);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);
    private static final Duration LONGEST_LEASE = Duration.ofMinutes(10);

    private final Optional<Duration> told;
    private final Map<String, Duration> needs;
    private final Duration asked;
    private volatile BrokerVersion broker = BrokerVersion.UNKNOWN;
    private volatile @Nullable Duration learnt;

    /// @param told what the broker allows, by the one who set both up; zero for no limit, null when nobody said
    /// @param needs what may take how long in this worker, such as `task 'reports.daily'`
    public AckWindow(@Nullable Duration told, Map<String, Duration> needs) {
        this.told = Optional.ofNullable(told);
        this.needs = Map.copyOf(needs);
        var longest = needs.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        this.asked = this.told.orElse(longest.plus(SLACK).compareTo(USUAL) > 0 ? longest.plus(SLACK) : USUAL);
    }

    /// Says once for each broker what it will not have.
    void connected(BrokerVersion version) {
        if (!version.equals(broker)) {
            broker = version;
            warning().ifPresent(LOG::warn);
        }
    }

    /// What takes longer than the broker allows; empty when nothing does.
    Optional<String> warning() {
        var most = assumed();
        if (most.isZero()) {
            return Optional.empty();
        }
        var longer = new TreeMap<>(needs);
        longer.values().removeIf(need -> need.compareTo(most) <= 0);
        if (longer.isEmpty()) {
            return Optional.empty();
        }
        var guess = learnt == null && told.isEmpty() ? ", as far as a worker can know" : "";
        return Optional.of("""
                RabbitMQ %s takes deliveries back that are not acknowledged for %s (consumer_timeout%s), and these may take \
                longer: %s; what takes longer than %s is parked in a queue of its own meanwhile; where the broker allows \
                more, say so in JTASK_CONSUMER_TIMEOUT""".formatted(broker.words(), text(most), guess, list(longer), text(parkAfter())));
    }

    private static String list(Map<String, Duration> needs) {
        return needs.entrySet().stream()
                .map(need -> "%s (%s)".formatted(need.getKey(), text(need.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String text(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /// The broker has closed a channel over it.
    ///
    /// @param said zero where it did not say how long that is
    void learn(Duration said) {
        if (said.isZero()) {
            return;
        }
        var allowed = said.compareTo(SHORTEST) < 0 ? SHORTEST : said;
        if (!allowed.equals(learnt)) {
            LOG.warn(
                    "the broker takes deliveries back that are not acknowledged for {} s (consumer_timeout); running tasks go"
                            + " on, and from now on those are parked that take longer than {} s",
                    allowed.toSeconds(),
                    allowed.dividedBy(2).toSeconds());
        }
        learnt = allowed;
    }

    /// What is in force, or has to be taken for it.
    Duration assumed() {
        var said = learnt;
        return said != null ? said : told.orElse(broker.knowsConsumerTimeouts() ? asked : USUAL);
    }

    /// After this time a delivery must not be unacknowledged any more; zero when the broker has no limit.
    Duration parkAfter() {
        return assumed().dividedBy(2);
    }

    /// The same of a message that was fetched, for which no consumer asks.
    Duration parkFetchedAfter() {
        var usual = USUAL.dividedBy(2);
        var most = parkAfter();
        return told.isEmpty() && most.compareTo(usual) > 0 ? usual : most;
    }

    /// How long a parked message stays away from its queue without a sign of whoever holds it.
    Duration lease() {
        var third = (assumed().isZero() ? USUAL : assumed()).dividedBy(3);
        return third.compareTo(LONGEST_LEASE) > 0
                ? LONGEST_LEASE
                : third.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : third;
    }

    /// For queues that this worker creates. RabbitMQ 4.3 takes it from consumers instead, and refuses it for
    /// classic queues.
    Map<String, Object> queueArguments() {
        return broker.knowsQueueTimeouts() && !asked.isZero() ? Map.of(ARGUMENT, asked.toMillis()) : Map.of();
    }

    /// For consumers.
    Map<String, Object> consumerArguments() {
        return broker.knowsConsumerTimeouts() && !asked.isZero() ? Map.of(ARGUMENT, asked.toMillis()) : Map.of();
    }

    /// Whether a refusal is about the argument, without which it may succeed.
    static boolean refusesArgument(@Nullable String why) {
        return why != null && why.contains(ARGUMENT);
    }
}
