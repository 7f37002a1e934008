package dev.jtask.worker.celery.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.message.Excerpt;
import dev.jtask.protocol.message.WireMessage;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What the log says of a command that changes something. Whoever may publish writes parts of it, so that it is kept to
/// one line and a few hundred characters.
final class AuditLine {

    private static final int LONGEST = 200;

    private AuditLine() {}

    static String of(ControlRequest request, String who, @Nullable JsonNode reply) {
        return "remote control: %s %s by %s: %s"
                .formatted(
                        shown(request.method()),
                        shown(request.arguments().toString()),
                        who,
                        reply == null ? "done" : shown(reply.toString()));
    }

    /// All that a request tells of its sender. The broker vouches for the user, the rest is what the sender says.
    static String who(ControlRequest request, WireMessage message) {
        var known = new ArrayList<String>();
        var user = message.properties().others().userId();
        if (user != null) {
            known.add("user " + shown(user));
        }
        var returnTo = request.returnTo();
        if (returnTo != null) {
            known.add("reply key " + shown(returnTo.key()));
            known.add("ticket " + shown(returnTo.ticket()));
        }
        return known.isEmpty() ? "a sender that wants no reply" : String.join(", ", known);
    }

    static String shown(String text) {
        return Excerpt.of(text, LONGEST);
    }
}
