package dev.jtask.simulator.world;

/// What the broker's management says of a queue, as old as it says it.
///
/// @param publishRate messages published per second, the broker's own figure
/// @param deliverRate messages delivered per second, likewise
public record QueueFigures(
        long ready, long unacked, long published, long acked, double publishRate, double deliverRate) {}
