package dev.jtask.protocol.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.Pidbox;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command or question to workers. JSON parts are never changed.
///
/// @param arguments by name
/// @param returnTo who gets the replies; null when nobody waits for one
/// @param clock the sender's logical time, which a receiver's must exceed
public record ControlRequest(
        String method,
        ObjectNode arguments,
        Audience audience,
        @Nullable ReturnAddress returnTo,
        long clock) {

    /// Where replies go: always through [Pidbox#REPLIES], for a worker must not write for others where it may itself.
    ///
    /// @param key the routing key of the reply queue
    /// @param ticket what each reply repeats, so that its question can be told from others
    /// @param until when the sender stops waiting; null when it does not say
    public record ReturnAddress(
            String key, String ticket, @Nullable Instant until) {

        /// With a queue of its own for each question.
        public static ReturnAddress of(String ticket, Instant until) {
            return new ReturnAddress(ticket, ticket, until);
        }

        private double expires() {
            return until == null ? 0 : until.toEpochMilli() / 1e3;
        }
    }

    /// The reply to it; nobody gets it without a return address.
    ///
    /// @param node the worker that answers
    /// @param time the worker's logical time
    public ControlReply reply(String node, JsonNode value, long time) {
        return new ControlReply(node, value, returnTo == null ? "" : returnTo.ticket(), time);
    }

    public WireMessage encode() {
        var body = JsonNodeFactory.instance.objectNode().put("method", method);
        body.set("arguments", arguments);
        body.setAll(audience.json());
        if (returnTo != null) {
            body.put("ticket", returnTo.ticket());
            body.putObject("reply_to").put("exchange", Pidbox.REPLIES.name()).put("routing_key", returnTo.key());
        }
        return ControlMessages.message(
                Map.of("clock", clock, "expires", returnTo == null ? 0 : (Object) returnTo.expires()), body);
    }

    /// @throws IOException saying why the message is no request
    public static ControlRequest decode(WireMessage message) throws IOException {
        var body = ControlMessages.object(message);
        var method = body.path("method");
        if (!method.isTextual() || method.textValue().isEmpty()) {
            throw new IOException("a request needs a method");
        }
        try {
            return new ControlRequest(
                    method.textValue(),
                    arguments(body.path("arguments")),
                    Audience.in(body),
                    returnTo(body),
                    ControlMessages.clock(message));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ObjectNode arguments(JsonNode json) throws IOException {
        if (json.isMissingNode() || json.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (json instanceof ObjectNode arguments) {
            return arguments;
        }
        throw new IOException("arguments must be an object");
    }

    private static @Nullable ReturnAddress returnTo(JsonNode body) throws IOException {
        var address = body.path("reply_to");
        if (address.isMissingNode() || address.isNull()) {
            return null;
        }
        var key = address.path("routing_key");
        if (!key.isTextual() || !address.path("exchange").asText().equals(Pidbox.REPLIES.name())) {
            throw new IOException("reply_to must be a routing key of exchange " + Pidbox.REPLIES.name());
        }
        var ticket = body.path("ticket");
        if (!ticket.isTextual()) {
            throw new IOException("a request that wants replies needs a ticket, a text");
        }
        return new ReturnAddress(key.textValue(), ticket.textValue(), null);
    }
}
