package dev.jtask.local.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// What tells the items of a list apart when two lists are merged.
public sealed interface Identity {

    /// Nothing: the list is replaced as a whole.
    record Atomic() implements Identity {}

    /// The item itself: the list is a set.
    record ByValue() implements Identity {}

    /// Some fields of the item.
    ///
    /// @param keys the fields, with the value of one that is left out; missing if it has none
    record ByKeys(Map<String, JsonNode> keys) implements Identity {

        public ByKeys {
            keys = Map.copyOf(keys);
        }
    }
}
