package dev.jtask.worker;

import dev.jtask.broker.Supervisor;
import dev.jtask.worker.celery.control.Inlet;
import dev.jtask.worker.celery.control.QueueControl;
import dev.jtask.worker.celery.control.QueueTrial;
import dev.jtask.worker.delivery.Session;
import dev.jtask.worker.run.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The queues of the session of the moment, and of those after it.
final class LiveQueues implements QueueControl {

    private final List<String> queues;
    private final Supervisor<Session> sessions;
    private final QueueTrial trial;
    private final Map<String, Inlet> inlets = new ConcurrentHashMap<>();

    /// @param queues what every session consumes
    LiveQueues(List<String> queues, Supervisor<Session> sessions, QueueTrial trial) {
        this.queues = queues;
        this.sessions = sessions;
        this.trial = trial;
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
        trial.make(inlet);
        session.addQueue(queue);
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
}
