package dev.jtask.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.text.Beginning;

/// Text as Celery's `saferepr` writes it, for the display headers `argsrepr` and `kwargsrepr` that Flower searches in.
///
/// What a field's name says is secret is not shown. At most about 1,024 characters and three levels, as in Celery: the
/// header frame has a size limit.
public final class PyRepr {

    static final int LIMIT = 1024;
    private static final int LEVELS = 3;

    private final StringBuilder out = new StringBuilder();
    private int room = LIMIT;
    private boolean full;

    private PyRepr() {}

    /// The elements of an array as a tuple: `(2, 'x')`, `(2,)`, `()`.
    public static String tuple(JsonNode array) {
        var repr = new PyRepr();
        repr.sequence("(", array, array.size() == 1 ? ",)" : ")", 0);
        return repr.out.toString();
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
            case OBJECT -> object(node, level);
            case BOOLEAN -> text(node.booleanValue() ? "True" : "False");
            case NUMBER ->
                text(node.isDouble() || node.isFloat() ? PyFloat.repr(node.doubleValue()) : shorten(node.asText()));
            case STRING -> quoted(node.textValue());
            case BINARY, MISSING, NULL, POJO -> text("None");
        }
    }

    private void sequence(String open, JsonNode values, String close, int level) {
        if (level >= LEVELS) {
            text(open + "..." + close.substring(close.length() - 1));
            return;
        }
        text(open);
        int count = 0;
        for (var value : values) {
            if (full) {
                break;
            }
            text(count++ == 0 ? "" : ", ");
            value(value, level + 1);
        }
        close(close);
    }

    private void object(JsonNode node, int level) {
        if (TypedValues.isTyped(node)) {
            typed(node.get(TypedValues.TYPE).asText(), node.get(TypedValues.VALUE));
            return;
        }
        if (level >= LEVELS) {
            text("{...}");
            return;
        }
        text("{");
        int count = 0;
        for (var entry : node.properties()) {
            if (full) {
                break;
            }
            text(count++ == 0 ? "" : ", ");
            quoted(entry.getKey());
            text(": ");
            if (Redaction.USUAL.hides(entry.getKey())) {
                quoted(Redaction.NOT_SHOWN);
            } else {
                value(entry.getValue(), level + 1);
            }
        }
        close("}");
    }

    private void typed(String type, JsonNode value) {
        switch (type) {
            case "decimal" -> text("Decimal('" + shorten(value.asText()) + "')");
            case "uuid" -> text("UUID('" + (value.isObject() ? value.path("hex").asText() : value.asText()) + "')");
            case "bytes", "base64" -> text("b'" + shorten(value.asText()) + "'");
            default -> value(value.isValueNode() ? value : NullNode.instance, LEVELS);
        }
    }

    private void quoted(String text) {
        text("'" + shorten(text).replace("'", "\\'") + "'");
    }

    private void text(String text) {
        if (full || text.isEmpty()) {
            return;
        }
        if (room <= 0) {
            full = true;
            out.append(", ...");
            return;
        }
        out.append(text);
        room -= text.length();
    }

    /// Brackets are closed even in a text that is full, except the one at which it got full: so does Celery.
    private void close(String bracket) {
        if (full) {
            out.append(bracket);
        } else {
            text(bracket);
        }
    }

    /// To the room that is left, at a space when there is one.
    private String shorten(String text) {
        if (room <= 0 || text.length() < room) {
            return text;
        }
        int end = Beginning.end(text, room);
        int space = text.lastIndexOf(' ', end - 1);
        return text.substring(0, space < 0 ? end : space) + "...";
    }
}
