package dev.jtask.worker.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The argument by whose values a limit counts.
///
/// @param argument its name
/// @param place among the arguments that are given by position, from 0; -1 where it has none
/// @param absent what stands for one that is not given
public record LimitKey(String argument, int place, JsonNode absent) {

    /// One that is only given by name, as long as nobody knows its place.
    public static LimitKey of(String argument) {
        return new LimitKey(argument, -1, NullNode.instance);
    }

    /// The value of a message, as text: `7` is `"7"`, since senders in two languages may write it in two ways.
    public String in(ArrayNode args, ObjectNode kwargs) {
        var named = kwargs.get(argument);
        var value = named != null ? named : place >= 0 && place < args.size() ? args.get(place) : absent;
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
