package dev.jtask.operator.scaling;

import dev.jtask.operator.broker.ManagementException;
import dev.jtask.operator.broker.Probe;
import dev.jtask.operator.broker.QueueReading;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What the scaling loop last saw of a pool and made of it.
///
/// @param probe the last look at its broker
/// @param missing its queues that do not exist
/// @param refused why a queue could not be created, by queue
/// @param verdict the decision
/// @param lastScaled when replicas last changed, as far as this operator remembers
public record PoolView(
        Probe probe, Set<String> missing, Map<String, String> refused, Verdict verdict, Optional<Instant> lastScaled) {

    public PoolView {
        missing = Set.copyOf(missing);
        refused = Map.copyOf(refused);
    }

    /// Whether the broker did not accept what the Secret says, so that a changed Secret is worth a look.
    public boolean hasRejectedCredentials() {
        return probe instanceof Probe.Blind blind
                && blind.reason().equals(ManagementException.Cause.CREDENTIALS.reason());
    }

    /// What the broker said of a queue; nothing known when it does not exist or the broker did not answer.
    public QueueReading queue(String name) {
        var unknown = QueueReading.unknown(name);
        return probe instanceof Probe.Seen seen ? seen.queues().getOrDefault(name, unknown) : unknown;
    }

    /// Messages waiting or being worked on in the given queues; empty unless all of them are known.
    public OptionalLong backlog(Iterable<String> queues) {
        var sum = 0L;
        for (var name : queues) {
            var reading = queue(name);
            if (reading.ready().isEmpty() || reading.unacked().isEmpty()) {
                return OptionalLong.empty();
            }
            sum += reading.ready().getAsLong() + reading.unacked().getAsLong();
        }
        return OptionalLong.of(sum);
    }

    /// Whether a person who reads the status would see a difference; times of looks are none.
    boolean looksLike(PoolView other) {
        return missing.equals(other.missing)
                && refused.equals(other.refused)
                && verdict.equals(other.verdict)
                && lastScaled.equals(other.lastScaled)
                && same(probe, other.probe);
    }

    private static boolean same(Probe one, Probe other) {
        return switch (one) {
            case Probe.Seen seen ->
                other instanceof Probe.Seen also && seen.queues().equals(also.queues());
            case Probe.Blind blind ->
                other instanceof Probe.Blind also
                        && blind.reason().equals(also.reason())
                        && blind.message().equals(also.message());
        };
    }
}
