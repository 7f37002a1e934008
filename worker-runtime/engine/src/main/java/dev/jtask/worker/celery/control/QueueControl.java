package dev.jtask.worker.celery.control;

import dev.jtask.worker.run.Delivery;
import java.io.IOException;
import java.util.List;

/// The queues that this worker consumes.
public interface QueueControl {

    List<Inlet> consumed();

    /// Deliveries that wait for a slot.
    List<Delivery> waiting();

    /// Consumes one more queue, which is created when it is missing. It is consumed when this returns.
    ///
    /// @throws IOException with the broker's words; nothing has changed then
    void add(Inlet inlet) throws IOException;

    /// Takes no more of a queue; those that were taken are run.
    void remove(String queue);
}
