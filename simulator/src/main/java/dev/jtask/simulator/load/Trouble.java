package dev.jtask.simulator.load;

/// What goes wrong during a load, in seconds from its start.
public sealed interface Trouble {

    double from();

    double until();

    /// The broker restarts: no deliveries, no statistics, then counters from 0.
    record BrokerAway(double from, double until) implements Trouble {}

    /// Only the broker's management does not answer.
    record StatisticsAway(double from, double until) implements Trouble {}

    /// What tasks need does not answer: each fails at once and is tried again later and later.
    record DependencyDown(double from, double until) implements Trouble {}

    /// Whoever scales is away and comes back without what it had only in memory.
    record ScalerAway(double from, double until) implements Trouble {}
}
