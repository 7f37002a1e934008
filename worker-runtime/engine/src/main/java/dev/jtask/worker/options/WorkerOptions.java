package dev.jtask.worker.options;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.Redaction;
import dev.jtask.protocol.text.Beginning;
import dev.jtask.protocol.topology.Pidbox;
import dev.jtask.protocol.topology.Suspects;
import dev.jtask.seal.SealOptions;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Routes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How a worker runs.
///
/// @param queues consumed in this order of preference, each once
/// @param concurrency tasks in flight, 1..10000
/// @param prefetch fixed number of messages held, 1..65535, or empty to adapt it
/// @param drainTimeout how long a running task may finish once the worker is told to stop, 0 s to 365 days
/// @param consumerTimeout how long the broker lets a delivery be unacknowledged, 1 s to 365 days, or zero for
/// no limit; empty to ask for what tasks need
/// @param nodeName unique name of this worker among all of its broker, of 1 to 241 bytes
/// @param redeliveryLimit how many workers may die of a message, or how often its task may ask for `requeue`,
/// before it is refused, 1 or more
/// @param events whether task events are sent before anybody asks for them
/// @param remoteAccess what Celery's remote control may do
/// @param routes queues of the tasks that this worker sends
/// @param seal how messages and results are protected
/// @param redaction which arguments nobody but their task is shown
/// @param keepFailed queues whose failed tasks are kept, whatever these wish
public record WorkerOptions(
        BrokerOptions broker,
        List<String> queues,
        int concurrency,
        OptionalInt prefetch,
        Duration drainTimeout,
        @Nullable Duration consumerTimeout,
        String nodeName,
        Threads threads,
        Results results,
        int redeliveryLimit,
        boolean events,
        RemoteAccess remoteAccess,
        Routes routes,
        SealOptions seal,
        Redaction redaction,
        KeptQueues keepFailed) {

    private static final int MOST_SLOTS = 10_000;
    private static final int MOST_PREFETCH = 65_535;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /// What a task runs on.
    public enum Threads {
        /// Virtual threads: for tasks that wait.
        VIRTUAL,
        /// Platform threads: for tasks that compute for long or pin their carrier.
        PLATFORM
    }

    /// @throws IllegalArgumentException naming the option that is out of range
    public WorkerOptions {
        queues = List.copyOf(queues);
        if (queues.isEmpty() || queues.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("queues: give queue names separated by commas");
        }
        queues.forEach(Suspects::queueFor); // what a worker must be able to declare beside each
        if (new HashSet<>(queues).size() < queues.size()) {
            throw new IllegalArgumentException("queues: name each queue once");
        }
        if (concurrency < 1 || concurrency > MOST_SLOTS) {
            throw new IllegalArgumentException("concurrency: use a number from 1 to %d".formatted(MOST_SLOTS));
        }
        if (prefetch.isPresent() && (prefetch.getAsInt() < 1 || prefetch.getAsInt() > MOST_PREFETCH)) {
            throw new IllegalArgumentException("prefetch: use auto or 1 to %d".formatted(MOST_PREFETCH));
        }
        drainTimeout(drainTimeout);
        nodeName(nodeName);
        if (consumerTimeout != null) {
            consumerTimeout(consumerTimeout);
        }
        if (redeliveryLimit < 1) {
            throw new IllegalArgumentException("redeliveryLimit: use a number from 1");
        }
    }

    /// @throws IllegalArgumentException when remote control could have no mailbox of that name
    public static String nodeName(String name) {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("nodeName: use a name such as jtask@host, without line breaks");
        }
        int more = Pidbox.mailbox("").length();
        int most = Limits.SHORT_BYTES - more;
        if (name.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new IllegalArgumentException(
                    "nodeName: '%s' is longer than %d bytes; shorten it".formatted(Beginning.of(name, 40), most));
        }
        return name;
    }

    /// @throws IllegalArgumentException when it is out of range
    public static Duration drainTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("drainTimeout: use 0s to 365 days, not " + timeout);
        }
        return timeout;
    }

    /// @throws IllegalArgumentException when it is out of range
    public static Duration consumerTimeout(Duration timeout) {
        if (!timeout.isZero() && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "consumerTimeout: use 1s to 365 days, or 0s where the broker has no limit, not " + timeout);
        }
        return timeout;
    }
}
