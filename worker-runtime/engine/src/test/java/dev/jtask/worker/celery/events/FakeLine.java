package dev.jtask.worker.celery.events;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.talk.EventLine;
import dev.jtask.protocol.event.Event;
import dev.jtask.protocol.event.EventCodec;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Keeps what is sent; can be closed, can fail, and can hang as a blocked connection does.
final class FakeLine implements EventLine {

    final List<Route> routes = new CopyOnWriteArrayList<>();
    final List<Event> events = new CopyOnWriteArrayList<>();
    final CountDownLatch hung = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    volatile boolean open = true;
    volatile boolean lost;
    volatile boolean hanging;

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
            throw new IOException("the connection is closed");
        }
        if (hanging) {
            hung.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts a write", e);
            }
        }
        routes.add(to);
        events.addAll(EventCodec.decode(message).events());
    }

    List<String> types() {
        return events.stream().map(Event::type).toList();
    }
}
