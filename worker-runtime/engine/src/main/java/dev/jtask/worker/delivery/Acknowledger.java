package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Flushing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only class that acknowledges. One for each channel, so a delivery can never be settled on another channel than
/// its own; once the channel is gone, settling does nothing, for the broker has taken the deliveries back.
final class Acknowledger {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);

    private sealed interface Note {
        record Done(long tag) implements Note {}

        record Returned(long tag) implements Note {}

        record Flush(CountDownLatch done) implements Note {}
    }

    /// In which more tasks end, whose acknowledgements then are one frame.
    private static final long PAUSE_NANOS = 500_000;

    /// Of the open deliveries, those that are acknowledged after a pause are less than one of so many: the rest is work
    /// enough until the broker sends more.
    private static final int PART = 4;

    private final Channel channel;
    private final Runnable pause;
    private final AckLedger ledger = new AckLedger();
    private final BlockingQueue<Note> notes = new LinkedBlockingQueue<>();
    private final Thread thread;

    Acknowledger(Channel channel) {
        this(channel, () -> LockSupport.parkNanos(PAUSE_NANOS));
    }

    /// @param pause between a first task that ended and its acknowledgement
    Acknowledger(Channel channel, Runnable pause) {
        this.channel = channel;
        this.pause = pause;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("ack-" + channel.getChannelNumber())
                .unstarted(this::work);
        try {
            thread.start();
        } catch (Error e) {
            // without a thread nobody has the channel, and each further try would take one more
            Channels.close(channel);
            throw e;
        }
    }

    /// @param subscription the number of the subscription that delivered it
    synchronized void delivered(long tag, int subscription) {
        ledger.delivered(tag, subscription);
    }

    /// The task is done: the broker may forget the message.
    void ack(long tag) {
        notes.add(new Note.Done(tag));
    }

    /// Another worker shall have the message.
    void requeue(long tag) {
        notes.add(new Note.Returned(tag));
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
        notes.add(new Note.Flush(done));
        if (!done.await(timeout, unit)) {
            LOG.warn(
                    "acknowledgements were not flushed in {} {}; the broker will deliver their messages again",
                    timeout,
                    unit);
        }
    }

    Channel channel() {
        return channel;
    }

    /// Whether the channel is gone, and the broker has taken back what was not settled.
    boolean isClosed() {
        return !channel.isOpen();
    }

    void stop() {
        thread.interrupt();
    }

    private void work() {
        var batch = new ArrayList<Note>();
        while (true) {
            try {
                gather(batch);
                settle(batch);
            } catch (InterruptedException e) {
                return; // stop() was called
            } catch (IOException | ShutdownSignalException e) {
                LOG.debug("channel is gone, {} notes are void", batch.size(), e);
            } catch (RuntimeException | Error e) {
                // the boundary of the loop: without it nothing would ever be acknowledged again
                LOG.error(
                        "{} notes may not have reached the broker, which delivers their messages again",
                        batch.size(),
                        e);
            }
            batch.forEach(note -> {
                if (note instanceof Note.Flush(var done)) {
                    done.countDown();
                }
            });
            batch.clear();
        }
    }

    private void gather(List<Note> batch) throws InterruptedException {
        batch.add(notes.take());
        try {
            notes.drainTo(batch);
            if (mayPause(batch)) {
                pause.run();
                notes.drainTo(batch);
            }
        } catch (RuntimeException | Error e) {
            // a heap that is full for a moment, for example: what is there is settled, the rest comes next
            LOG.warn("not all that may be acknowledged together is", e);
        }
    }

    /// Nobody waits for it: neither the broker, which has to send no more yet, nor another worker, nor an end.
    private boolean mayPause(List<Note> batch) {
        return batch.size() * PART < open() && batch.stream().allMatch(Note.Done.class::isInstance);
    }

    private void settle(List<Note> batch) throws IOException {
        try {
            Flushing.later(() -> write(batch));
        } finally {
            Flushing.now();
        }
    }

    private void write(List<Note> batch) throws IOException {
        var finished = new ArrayList<Long>();
        for (var note : batch) {
            switch (note) {
                case Note.Done(long tag) -> finished.add(tag);
                case Note.Returned(long tag) -> {
                    if (close(tag)) {
                        channel.basicReject(tag, true);
                    }
                }
                case Note.Flush _ -> {}
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
