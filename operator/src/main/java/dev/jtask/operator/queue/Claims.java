package dev.jtask.operator.queue;

import java.util.Map;
import java.util.Set;

/// What living pools have to do with the queues of one that is deleted.
///
/// @param consumed the pools that consume a queue as well, by queue, as sentences name them
/// @param unsure queues of pools whose broker is not known (yet): it may be the same
public record Claims(Map<String, String> consumed, Set<String> unsure) {

    public static final Claims NONE = new Claims(Map.of(), Set.of());

    public Claims {
        consumed = Map.copyOf(consumed);
        unsure = Set.copyOf(unsure);
    }
}
