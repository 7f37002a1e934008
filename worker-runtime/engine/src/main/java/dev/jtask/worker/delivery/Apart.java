package dev.jtask.worker.delivery;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.Continuations;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Begins consumers on connections of their own, each on a thread of its own: when the broker ends such a
/// connection, or says nothing on it, nobody else loses anything or waits.
final class Apart {

    private final Opening opening;
    private final Taking taking;
    private final Set<String> beginning = ConcurrentHashMap.newKeySet();

    /// Makes one that consumes.
    @FunctionalInterface
    interface Making {

        /// @throws IOException with the broker's words, or since it does not answer
        QueueConsumer on(Connection own) throws IOException;
    }

    /// Hears what has become of one.
    interface Taking {

        /// @return whether it is wanted
        boolean begun(QueueConsumer consumer);

        void failed(String queue, Exception why);
    }

    Apart(Opening opening, Taking taking) {
        this.opening = opening;
        this.taking = taking;
    }

    /// Returns at once, also while an earlier try for the same queue is under way.
    void begin(String queue, Making making) {
        if (beginning.add(queue)) {
            try {
                Continuations.OWN_THREAD.execute(() -> tries(queue, making));
            } catch (RuntimeException | Error e) {
                beginning.remove(queue);
                throw e;
            }
        }
    }

    /// The same on the caller's thread.
    ///
    /// @throws IOException when it does not work; nothing stays open then
    QueueConsumer open(Making making) throws IOException {
        var own = opening.open();
        try {
            return making.on(own);
        } catch (IOException | RuntimeException | Error e) {
            BrokerConnections.abort(own);
            throw e;
        }
    }

    /// Nobody wants the one that begins.
    void forget(String queue) {
        beginning.remove(queue);
    }

    void forgetAll() {
        beginning.clear();
    }

    /// Ends one with its connection; any that is unacknowledged goes back.
    static void end(QueueConsumer consumer) {
        consumer.acknowledger().stop();
        BrokerConnections.abort(consumer.connection());
    }

    private void tries(String queue, Making making) {
        try {
            var consumer = open(making);
            if (!beginning.remove(queue) || !taking.begun(consumer)) {
                end(consumer);
            }
        } catch (IOException | RuntimeException e) {
            failed(queue, e);
        } catch (Error e) {
            // the boundary of its thread: the queue is tried again, and named until then
            failed(queue, named(e));
        }
    }

    private void failed(String queue, Exception why) {
        if (beginning.remove(queue)) {
            taking.failed(queue, why);
        }
    }

    /// An error of this machine, such as no memory or no threads, as the reason why a queue is not consumed.
    static Exception named(Error error) {
        return new IOException(error.toString(), error);
    }
}
