package dev.jtask.operator.watch;

import java.time.Duration;

/// Counts looks at brokers.
public interface BrokerMetrics {

    /// @param broker the management API's address, without credentials
    /// @param outcome `ok` or the reason it failed for
    void looked(String broker, String outcome, Duration took);
}
