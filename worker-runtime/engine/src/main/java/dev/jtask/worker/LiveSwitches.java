package dev.jtask.worker;

import dev.jtask.broker.Queues;
import dev.jtask.broker.Supervisor;
import dev.jtask.worker.celery.control.Desk;
import dev.jtask.worker.delivery.Session;
import dev.jtask.worker.run.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What remote control can switch, on the session of the moment.
final class LiveSwitches implements Desk.Switches {

    private final List<String> queues;
    private final Supervisor<Session> sessions;
    private final Runnable shutDown;
    private final Map<String, Desk.Inlet> inlets = new ConcurrentHashMap<>();

    LiveSwitches(List<String> queues, Supervisor<Session> sessions, Runnable shutDown) {
        this.queues = queues;
        this.sessions = sessions;
        this.shutDown = shutDown;
    }

    @Override
    public List<String> queues() {
        return queues;
    }

    @Override
    public List<Delivery> waiting() {
        var session = sessions.present();
        return session == null ? List.of() : session.waiting();
    }

    @Override
    public int prefetch() {
        var session = sessions.present();
        return session == null ? 0 : session.prefetch();
    }

    @Override
    public void addQueue(Desk.Inlet inlet) {
        var session = session();
        var queue = inlet.queue();
        try {
            if (!queues.contains(queue)) {
                session.addQueue(queue);
                queues.add(queue);
            }
            if (!inlet.isUsual()) {
                session.bind(queue, inlet.exchange(), inlet.exchangeType(), inlet.routingKey());
                inlets.put(queue, inlet);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "queue '%s', exchange '%s': %s".formatted(queue, inlet.exchange(), Queues.reason(e)), e);
        }
    }

    @Override
    public Desk.Inlet inlet(String queue) {
        return inlets.getOrDefault(queue, Desk.Inlet.of(queue));
    }

    @Override
    public void removeQueue(String queue) {
        queues.remove(queue);
        var session = sessions.present();
        if (session != null) {
            session.removeQueue(queue);
        }
    }

    @Override
    public void shutDown() {
        shutDown.run();
    }

    private Session session() {
        var session = sessions.present();
        if (session == null) {
            throw new IllegalStateException("not connected");
        }
        return session;
    }
}
