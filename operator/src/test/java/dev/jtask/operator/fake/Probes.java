package dev.jtask.operator.fake;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.watch.Probe;
import dev.jtask.operator.watch.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Looks at the broker of [FakeSecrets#USABLE].
public final class Probes {

    private static final Set<String> DOORS =
            FakeSecrets.USABLE.secret().access().addresses();

    private Probes() {}

    /// A look that found these queues.
    ///
    /// @param others that were asked for and do not exist
    public static Probe.Seen seen(Map<String, QueueSample> found, Instant at, String... others) {
        return new Probe.Seen(question(found, others), found, Duration.ofMillis(5), at);
    }

    /// A count while the management API does not answer.
    ///
    /// @param others that were asked for and not counted
    public static Probe.Counted counted(Map<String, QueueSample> found, Instant at, String... others) {
        return new Probe.Counted(question(found, others), "BrokerUnreachable", "no answer", found, at);
    }

    private static Question question(Map<String, QueueSample> found, String... others) {
        var queues = new HashSet<>(found.keySet());
        queues.addAll(Set.of(others));
        return new Question(queues, DOORS);
    }
}
