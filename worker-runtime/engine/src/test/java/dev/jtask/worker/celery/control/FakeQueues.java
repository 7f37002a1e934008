package dev.jtask.worker.celery.control;

import dev.jtask.worker.run.Delivery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Queues without a broker, or with one that refuses them all.
final class FakeQueues implements QueueControl {

    final List<Inlet> consumed = new ArrayList<>();
    final List<Delivery> waiting = new ArrayList<>();

    @Nullable
    String refusal;

    FakeQueues(String... queues) {
        for (var queue : queues) {
            consumed.add(Inlet.of(queue));
        }
    }

    @Override
    public List<Inlet> consumed() {
        return consumed;
    }

    @Override
    public List<Delivery> waiting() {
        return waiting;
    }

    @Override
    public void add(Inlet inlet) throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
        consumed.add(inlet);
    }

    @Override
    public void remove(String queue) {
        consumed.removeIf(inlet -> inlet.queue().equals(queue));
    }
}
