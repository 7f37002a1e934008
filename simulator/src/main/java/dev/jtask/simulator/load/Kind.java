package dev.jtask.simulator.load;

/// How a task shows in the broker's counters.
public enum Kind {
    /// Published to its queue and acknowledged.
    PLAIN,
    /// Came out of a delay queue: RabbitMQ counts no publish for a dead-lettered message.
    DELAYED,
    /// Ends with a reject, which is no acknowledgement.
    REJECTED
}
