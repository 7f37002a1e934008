package dev.jtask.operator.scaling;

import dev.jtask.autoscaler.Decision;
import dev.jtask.autoscaler.Guards;
import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.management.ManagementException;
import dev.jtask.operator.watch.Probe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the scaling loop last saw of a pool and made of it.
///
/// @param probe the last look at its broker
/// @param missing its queues that do not exist
/// @param refused why a queue could not be created, by queue
/// @param changes of its size since this operator started, the last of them
/// @param nextWindow when a window of it opens or closes next, null when none does
/// @param hindrance why the pool has not the size that was decided, with the fix; null where nothing hinders it
public record PoolView(
        Probe probe,
        Set<String> missing,
        Map<String, String> refused,
        Decision decision,
        List<Change> changes,
        @Nullable Instant nextWindow,
        @Nullable String hindrance) {

    public PoolView {
        missing = Set.copyOf(missing);
        refused = Map.copyOf(refused);
        changes = List.copyOf(changes);
    }

    /// The same look, with other refusals.
    PoolView refusing(Map<String, String> others) {
        return new PoolView(probe, missing, others, decision, changes, nextWindow, hindrance);
    }

    /// Whether the broker did not accept what the Secret says, so that a changed Secret is worth a look.
    public boolean hasRejectedCredentials() {
        var credentials = ManagementException.Fault.CREDENTIALS.reason();
        return switch (probe) {
            case Probe.Seen seen -> false;
            case Probe.Counted counted -> counted.reason().equals(credentials);
            case Probe.Blind blind -> blind.reason().equals(credentials);
        };
    }

    /// What the broker said of a queue; nothing known when it does not exist or the broker did not answer.
    public QueueSample queue(String name) {
        return probe.queues().getOrDefault(name, QueueSample.unknown(name));
    }

    /// Messages waiting or being worked on in the given queues; null unless all of them are known.
    public @Nullable Long backlog(Iterable<String> queues) {
        var sum = 0L;
        for (var name : queues) {
            var queue = queue(name);
            var ready = queue.ready();
            var unacked = queue.unacked();
            if (ready == null || unacked == null) {
                return null;
            }
            sum += ready + unacked;
        }
        return sum;
    }

    /// Whether a person who reads the status would see a difference; times of looks are none.
    boolean looksLike(PoolView other) {
        return missing.equals(other.missing)
                && refused.equals(other.refused)
                && same(decision, other.decision)
                && changes.equals(other.changes)
                && Objects.equals(nextWindow, other.nextWindow)
                && Objects.equals(hindrance, other.hindrance)
                && same(decision.next().guards(), other.decision.next().guards())
                && same(probe, other.probe);
    }

    private static boolean same(Decision one, Decision other) {
        return one.replicas() == other.replicas()
                && one.reason() == other.reason()
                && one.message().equals(other.message());
    }

    /// As a status tells of them: that the pool is held, not by which figures.
    private static boolean same(Guards one, Guards other) {
        return (one.failing() == null) == (other.failing() == null) && Objects.equals(one.held(), other.held());
    }

    private static boolean same(Probe one, Probe other) {
        return switch (one) {
            case Probe.Seen seen ->
                other instanceof Probe.Seen also && seen.queues().equals(also.queues());
            case Probe.Counted counted ->
                other instanceof Probe.Counted also
                        && counted.reason().equals(also.reason())
                        && counted.message().equals(also.message())
                        && counted.queues().equals(also.queues());
            case Probe.Blind blind ->
                other instanceof Probe.Blind also
                        && blind.reason().equals(also.reason())
                        && blind.message().equals(also.message());
        };
    }
}
