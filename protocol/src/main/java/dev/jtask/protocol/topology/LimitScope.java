package dev.jtask.protocol.topology;

import dev.jtask.protocol.json.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a limit counts: a task, or one of its keys. Workers count in queues of the broker, in which no message says
/// anything: those who *consume* the first are the runs, and the second *takes* a message for a start until it is full.
///
/// Both are classic queues: only these are exact in both, and what is counted need not outlive their node.
///
/// @param key null for the task as a whole
public record LimitScope(String task, @Nullable String key) {

    private static final String PREFIX = "jtask.limits.";
    /// What stands beside the task's name at most.
    private static final int ROOM = PREFIX.length() + ".started.2147483647-86400000.".length() + QueueNames.HASH_LENGTH;
    /// After which a queue is deleted that counts nothing any more.
    private static final Duration IDLE = Duration.ofMinutes(1);

    /// The queue whose consumers are the runs.
    public String running() {
        return PREFIX + shortened() + ".running" + suffix();
    }

    /// Nothing is kept in it.
    public static Map<String, Object> runningArguments() {
        return Map.of("x-queue-type", "classic", "x-expires", IDLE.toMillis());
    }

    /// The queue with a message for each start of the last period. Another rate is counted in another queue, since no
    /// queue changes its arguments.
    ///
    /// @param most starts in a period
    public String started(int most, Duration period) {
        return PREFIX + shortened() + ".started." + most + "-" + period.toMillis() + suffix();
    }

    /// It refuses what is too much, and forgets what is over. To publish alone does not keep it from being deleted.
    ///
    /// @param most starts in a period
    public static Map<String, Object> startedArguments(int most, Duration period) {
        return Map.of(
                "x-queue-type",
                "classic",
                "x-max-length",
                most,
                "x-overflow",
                "reject-publish",
                "x-message-ttl",
                period.toMillis(),
                "x-expires",
                period.plus(IDLE).toMillis());
    }

    /// A key may be anything, and nobody's business.
    private String suffix() {
        return key == null ? "" : "." + QueueNames.hash(key);
    }

    private String shortened() {
        return task.getBytes(StandardCharsets.UTF_8).length + ROOM <= Limits.SHORT_BYTES ? task : QueueNames.hash(task);
    }
}
