package dev.jtask.protocol.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.Map;

/// What one worker answers.
///
/// @param node the worker's name
/// @param value often an object with `ok` or `error`
/// @param ticket of the request
/// @param clock the worker's logical time
public record ControlReply(String node, JsonNode value, String ticket, long clock) {

    public WireMessage encode() {
        var body = JsonNodeFactory.instance.objectNode();
        body.set(node, value);
        return ControlMessages.message(Map.of("ticket", ticket, "clock", clock), body);
    }

    /// @throws IOException saying why the message is no reply
    public static ControlReply decode(WireMessage message) throws IOException {
        var body = ControlMessages.object(message);
        if (body.size() != 1) {
            throw new IOException("a reply is one node's name and value, this one has %d keys".formatted(body.size()));
        }
        var answer = body.properties().iterator().next();
        return new ControlReply(
                answer.getKey(),
                answer.getValue(),
                message.properties().headers().get("ticket") instanceof String ticket ? ticket : "",
                ControlMessages.clock(message));
    }
}
