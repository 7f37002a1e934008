package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Questions;
import dev.jtask.broker.Queues;
import dev.jtask.worker.delivery.Shares.Demand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it, again and again, that the consumers of one session together hold one window of messages.
///
/// With more than one queue it asks the broker how many messages wait in each: a queue that may send nothing at the
/// moment cannot say that it has work.
final class Portions {

    private static final Logger LOG = LoggerFactory.getLogger(Portions.class);

    private final Connection connection;
    private final Questions questions;
    private final Adjusting adjusting;

    /// Changes how many messages one may hold, and sees to it when it cannot.
    @FunctionalInterface
    interface Adjusting {

        /// @throws IOException when the broker does not answer
        void adjust(QueueConsumer consumer, int target) throws IOException;
    }

    Portions(Connection connection, Adjusting adjusting) {
        this.connection = connection;
        this.questions = new Questions(connection);
        this.adjusting = adjusting;
    }

    /// @param consumers that take messages, in order of preference
    /// @param window messages that may be held at the moment
    void adjust(List<QueueConsumer> consumers, int window) throws IOException {
        var demands = new ArrayList<Demand>();
        for (var consumer : consumers) {
            int ready = consumers.size() == 1 ? 0 : ready(consumer.queue());
            demands.add(new Demand(ready, consumer.held(), consumer.limit()));
        }
        if (demands.isEmpty()) {
            return;
        }
        var shares = Shares.allocate(window, demands);
        if (!Shares.worthwhile(window, demands, shares)) {
            for (var consumer : consumers) {
                if (consumer.isUntidy()) {
                    adjusting.adjust(consumer, consumer.limit());
                }
            }
            return;
        }
        LOG.debug("a window of {} is shared {} by {}", window, shares, demands);
        // those that get less first, so that the window is never exceeded
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i) < demands.get(i).limit()) {
                adjusting.adjust(consumers.get(i), shares.get(i));
            }
        }
        for (int i = 0; i < shares.size(); i++) {
            adjusting.adjust(consumers.get(i), shares.get(i));
        }
    }

    private int ready(String queue) throws IOException {
        try {
            var messages = questions.ask(queue, () -> Queues.messages(connection, queue));
            return (int) Math.min(Integer.MAX_VALUE, messages.orElse(0));
        } catch (IOException e) {
            if (Channels.isSilent(e)) {
                throw e;
            }
            return 0; // its consumer will hear the same
        }
    }
}
