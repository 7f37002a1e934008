package dev.jtask.worker.celery.control;

import dev.jtask.protocol.control.ControlReply;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Keeps replies instead of sending them.
final class SentReplies implements Replies {

    final List<Route> routes = new ArrayList<>();
    final List<ControlReply> replies = new ArrayList<>();

    @Override
    public void send(Route to, WireMessage message) throws IOException {
        routes.add(to);
        replies.add(ControlReply.decode(message));
    }
}
