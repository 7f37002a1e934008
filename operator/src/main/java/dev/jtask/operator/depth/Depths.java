package dev.jtask.operator.depth;

import java.util.Collection;
import java.util.Map;

/// Counts messages that wait, at the moment of asking. Never throws, and ends within a few seconds whatever a broker
/// does.
public interface Depths {

    /// By queue. Left out is what is not there, what may not be counted, and what there was no time for.
    Map<String, Long> count(Collection<String> queues);

    /// Takes leave of the broker.
    void close();
}
