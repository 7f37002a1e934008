package dev.jtask.protocol.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.Map;

/// About how many bytes signatures are when they are written. Links lie within links, hence those of each are weighed
/// once.
final class Weights {

    /// Of a value besides what it holds.
    private static final long VALUE = 8;

    /// A character that is not ASCII is written as `\u00e9`.
    private static final int ESCAPED = 6;

    private static final int BITS_OF_DIGIT = 3;

    private final IdentityHashMap<JsonNode, Long> known = new IdentityHashMap<>();

    long of(JsonNode signatures) {
        var weight = known.get(signatures);
        if (weight == null) {
            weight = weigh(signatures);
            known.put(signatures, weight);
        }
        return weight;
    }

    private long weigh(JsonNode json) {
        if (json.isTextual()) {
            return VALUE + written(json.textValue());
        }
        if (json.isBigInteger() || json.isBigDecimal()) {
            return VALUE + json.decimalValue().unscaledValue().bitLength() / BITS_OF_DIGIT;
        }
        long weight = VALUE;
        if (json.isArray()) {
            for (var each : json) {
                weight += weigh(each);
            }
        }
        for (Map.Entry<String, JsonNode> each : json.properties()) {
            weight += written(each.getKey()) + (isLink(each) ? of(each.getValue()) : weigh(each.getValue()));
        }
        return weight;
    }

    private static boolean isLink(Map.Entry<String, JsonNode> option) {
        return option.getValue().isContainerNode()
                && (option.getKey().equals("link") || option.getKey().equals("link_error"));
    }

    private static long written(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                bytes += ESCAPED - 1;
            }
        }
        return bytes;
    }
}
