package dev.jtask.broker.talk;

import com.rabbitmq.client.Connection;
import dev.jtask.protocol.event.Event;
import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what is sent; can be closed, and can fail.
final class FakeLine implements EventLine {

    final List<Route> routes = new CopyOnWriteArrayList<>();
    final List<Event> events = new CopyOnWriteArrayList<>();
    volatile boolean open = true;
    volatile boolean lost;

    @Override
    public void attach(Connection connection) {
        throw new AssertionError("no connection here");
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(Route to, WireMessage message) throws IOException {
        if (lost) {
            lost = false;
            throw new IOException("the connection is closed");
        }
        routes.add(to);
        events.addAll(EventCodec.decode(message).events());
    }
}
