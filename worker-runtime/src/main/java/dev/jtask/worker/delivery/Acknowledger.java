package dev.jtask.worker.delivery;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only class that acknowledges. One for each channel, so a delivery can never be settled on another channel than
/// its own; once the channel is gone, settling does nothing, for the broker has taken the deliveries back.
final class Acknowledger {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private sealed interface Settlement {
        record Done(long tag) implements Settlement {}

        record Refused(long tag) implements Settlement {}

        record Returned(long tag) implements Settlement {}

        record Flush(CountDownLatch done) implements Settlement {}
    }

    private final Channel channel;
    private final AckLedger ledger = new AckLedger();
    private final BlockingQueue<Settlement> settlements = new LinkedBlockingQueue<>();
    private final Thread thread;

    Acknowledger(Channel channel) {
        this.channel = channel;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("ack-" + channel.getChannelNumber())
                .start(this::work);
    }

    /// @param subscription the number of the subscription that delivered it
    synchronized void delivered(long tag, int subscription) {
        ledger.delivered(tag, subscription);
    }

    /// The task is done: the broker may forget the message.
    void ack(long tag) {
        settlements.add(new Settlement.Done(tag));
    }

    /// Nobody can run the message: the broker drops it or moves it to its dead-letter exchange.
    void reject(long tag) {
        settlements.add(new Settlement.Refused(tag));
    }

    /// Another worker shall have the message.
    void requeue(long tag) {
        settlements.add(new Settlement.Returned(tag));
    }

    synchronized int open() {
        return ledger.open();
    }

    /// Open deliveries of subscriptions before this one.
    synchronized int openBefore(int subscription) {
        return ledger.openBefore(subscription);
    }

    /// Waits until all that was settled before is with the broker's socket, at most the given time.
    void flush(long timeout, TimeUnit unit) throws InterruptedException {
        if (!thread.isAlive()) {
            return; // the channel is gone, and with it what could be flushed
        }
        var done = new CountDownLatch(1);
        settlements.add(new Settlement.Flush(done));
        if (!done.await(timeout, unit)) {
            LOG.warn(
                    "acknowledgements were not flushed in {} {}; the broker will deliver their messages again",
                    timeout,
                    unit);
        }
    }

    void stop() {
        thread.interrupt();
    }

    private void work() {
        var batch = new ArrayList<Settlement>();
        while (true) {
            try {
                batch.add(settlements.take());
            } catch (InterruptedException e) {
                return; // stop() was called
            }
            settlements.drainTo(batch);
            try {
                settle(batch);
            } catch (IOException | AlreadyClosedException e) {
                LOG.debug("channel is gone, {} settlements are void", batch.size(), e);
            }
            batch.forEach(settlement -> {
                if (settlement instanceof Settlement.Flush(var done)) {
                    done.countDown();
                }
            });
            batch.clear();
        }
    }

    private void settle(List<Settlement> batch) throws IOException {
        var finished = new ArrayList<Long>();
        for (var settlement : batch) {
            switch (settlement) {
                case Settlement.Done(long tag) -> finished.add(tag);
                case Settlement.Refused(long tag) -> {
                    if (close(tag)) {
                        channel.basicReject(tag, false);
                    }
                }
                case Settlement.Returned(long tag) -> {
                    if (close(tag)) {
                        channel.basicReject(tag, true);
                    }
                }
                case Settlement.Flush _ -> {}
            }
        }
        for (var ack : acks(finished)) {
            channel.basicAck(ack.tag(), ack.coverage() == AckLedger.Coverage.MULTIPLE);
        }
    }

    private synchronized boolean close(long tag) {
        return ledger.remove(tag);
    }

    private synchronized List<AckLedger.Ack> acks(List<Long> finished) {
        return ledger.settle(finished);
    }
}
