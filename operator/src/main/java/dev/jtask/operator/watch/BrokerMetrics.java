package dev.jtask.operator.watch;

import java.time.Duration;
import java.util.Set;

/// Counts looks at brokers.
public interface BrokerMetrics {

    /// @param broker the management API's address, without credentials
    /// @param outcome `ok` or the reason it failed for
    void looked(String broker, String outcome, Duration took);

    /// Forgets all others: nobody looks at them any more. Told at each tick.
    ///
    /// @param brokers by the addresses of their management APIs
    void keep(Set<String> brokers);
}
