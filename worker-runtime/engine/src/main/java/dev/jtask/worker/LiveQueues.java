package dev.jtask.worker;

import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.broker.Supervisor;
import dev.jtask.worker.celery.control.Inlet;
import dev.jtask.worker.celery.control.QueueControl;
import dev.jtask.worker.delivery.Session;
import dev.jtask.worker.run.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The queues of the session of the moment, and of those after it.
final class LiveQueues implements QueueControl {

    private static final int ABORT_MS = 1_000;

    private final List<String> queues;
    private final Supervisor<Session> sessions;
    private final BrokerOptions broker;
    private final Map<String, Inlet> inlets = new ConcurrentHashMap<>();

    /// @param queues what every session consumes
    /// @param broker for connections of its own
    LiveQueues(List<String> queues, Supervisor<Session> sessions, BrokerOptions broker) {
        this.queues = queues;
        this.sessions = sessions;
        this.broker = broker;
    }

    @Override
    public List<Inlet> consumed() {
        return queues.stream()
                .map(queue -> inlets.getOrDefault(queue, Inlet.of(queue)))
                .toList();
    }

    @Override
    public List<Delivery> waiting() {
        var session = sessions.present();
        return session == null ? List.of() : session.waiting();
    }

    @Override
    public void add(Inlet inlet) throws IOException {
        var session = sessions.present();
        if (session == null) {
            throw new IOException("the worker is not connected to its broker at the moment; try again");
        }
        var queue = inlet.queue();
        try {
            prepare(inlet);
            session.addQueue(queue);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection was lost; try again", e);
        }
        if (!queues.contains(queue)) {
            queues.add(queue);
        }
        if (!inlet.isUsual()) {
            inlets.put(queue, inlet);
        }
    }

    @Override
    public void remove(String queue) {
        queues.remove(queue);
        inlets.remove(queue);
        var session = sessions.present();
        if (session != null) {
            session.removeQueue(queue);
        }
    }

    /// On a connection of its own, since the broker answers some wishes, such as an unknown type of exchange, by ending
    /// the connection.
    private void prepare(Inlet inlet) throws IOException {
        var connection = BrokerConnections.open(broker);
        try {
            Queues.ensure(connection, inlet.queue());
            if (!inlet.isUsual()) {
                Channels.on(connection, channel -> {
                    channel.exchangeDeclare(inlet.exchange(), inlet.exchangeType(), true);
                    channel.queueBind(inlet.queue(), inlet.exchange(), inlet.routingKey());
                });
            }
        } finally {
            connection.abort(ABORT_MS);
        }
    }
}
