package dev.jtask.autoscaler;

import java.util.OptionalLong;

/// What the broker says of one queue. Empty means that it does not say; that is never the same as zero.
///
/// @param ready messages that wait for a worker
/// @param unacked messages that workers hold
/// @param consumers consumers of the queue, one for each pod
/// @param published messages ever put into the queue, a counter that restarts with the broker
/// @param acked messages ever acknowledged, likewise
public record QueueSample(
        String name,
        OptionalLong ready,
        OptionalLong unacked,
        OptionalLong consumers,
        OptionalLong published,
        OptionalLong acked) {}
