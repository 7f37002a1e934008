package dev.jtask.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/// Text as Python's `repr` writes it, for the display headers `argsrepr` and `kwargsrepr` that Flower searches in.
///
/// At most about 1,024 characters and three levels, like kombu's `saferepr`; the header frame has a size limit.
public final class PyRepr {

    static final int LIMIT = 1024;
    private static final int LEVELS = 3;

    private final StringBuilder out = new StringBuilder();

    private PyRepr() {}

    /// Positional arguments as a tuple: `(2, 'x')`, `(2,)`, `()`.
    public static String tuple(Iterable<JsonNode> values) {
        var repr = new PyRepr();
        repr.sequence("(", values, ")", 0);
        return repr.out.toString();
    }

    static String tuple(List<String> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return tuple((Iterable<JsonNode>) array);
    }

    /// Any value, a dictionary as `{'k': 'v'}`.
    public static String of(JsonNode value) {
        var repr = new PyRepr();
        repr.value(value, 0);
        return repr.out.toString();
    }

    private void value(JsonNode node, int level) {
        switch (node.getNodeType()) {
            case ARRAY -> sequence("[", node, "]", level);
            case OBJECT -> dictionary(node, level);
            case BOOLEAN -> out.append(node.booleanValue() ? "True" : "False");
            case NUMBER -> out.append(number(node));
            case STRING -> string(node.textValue());
            case BINARY, MISSING, NULL, POJO -> out.append("None");
        }
    }

    private void sequence(String open, Iterable<JsonNode> values, String close, int level) {
        if (level >= LEVELS) {
            out.append(open).append("...").append(close);
            return;
        }
        out.append(open);
        int count = 0;
        for (var value : values) {
            if (!separate(count++)) {
                break;
            }
            value(value, level + 1);
        }
        out.append(count == 1 && open.equals("(") ? "," : "").append(close);
    }

    private void dictionary(JsonNode node, int level) {
        if (level >= LEVELS) {
            out.append("{...}");
            return;
        }
        out.append('{');
        int count = 0;
        for (var entry : node.properties()) {
            if (!separate(count++)) {
                break;
            }
            string(entry.getKey());
            out.append(": ");
            value(entry.getValue(), level + 1);
        }
        out.append('}');
    }

    private boolean separate(int before) {
        out.append(before == 0 ? "" : ", ");
        if (out.length() < LIMIT) {
            return true;
        }
        out.append("...");
        return false;
    }

    private void string(String text) {
        int room = Math.max(0, LIMIT - out.length());
        var shown = text.length() > room ? text.substring(0, room) + "..." : text;
        out.append('\'')
                .append(shown.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t"))
                .append('\'');
    }

    private static String number(JsonNode node) {
        if (!node.isDouble() && !node.isFloat()) {
            return node.asText();
        }
        double value = node.doubleValue();
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Double.toString(value);
    }
}
