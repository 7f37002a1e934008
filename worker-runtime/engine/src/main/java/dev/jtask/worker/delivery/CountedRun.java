package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.time.Pauses;
import dev.jtask.worker.run.Permits;
import dev.jtask.worker.run.SparseLog;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a limited task, as the broker counts it: a consumer of a queue without messages. One that the broker has
/// lost is counted again as soon as that can be, since the run goes on.
final class CountedRun implements Permits.Permit {

    private static final Logger LOG = LoggerFactory.getLogger(CountedRun.class);
    private static final SparseLog LOSSES = new SparseLog(LOG);

    private final RunCount count;
    private final String queue;
    private @Nullable Counted counted;
    private boolean runs;
    private int failures;

    /// A consumer that takes nothing, for there is nothing.
    private final class Counted extends DefaultConsumer {

        private String tag = "";
        private boolean lost;

        Counted(Channel channel) {
            super(channel);
        }

        @Override
        public void handleCancel(String consumerTag) {
            lost(this, "its queue '%s' is gone".formatted(queue));
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
            lost(this, String.valueOf(signal.getMessage()));
        }
    }

    CountedRun(RunCount count, String queue) {
        this.count = count;
        this.queue = queue;
    }

    /// Is counted from here on, and does not run yet.
    ///
    /// @throws IOException when it is not counted
    void join(Channel channel) throws IOException {
        var joining = new Counted(channel);
        joining.tag = channel.basicConsume(queue, true, joining);
        synchronized (this) {
            counted = joining.lost ? null : joining;
        }
    }

    /// Is not counted any more, and did not run.
    void leave() throws IOException {
        Counted last;
        synchronized (this) {
            last = counted;
            counted = null;
        }
        if (last != null) {
            last.getChannel().basicCancel(last.tag);
        }
    }

    /// Runs, and counts for as long as it does.
    synchronized void begin() {
        runs = true;
        if (counted == null) {
            again();
        }
    }

    /// The run is over; does not wait for the broker.
    @Override
    public void close() {
        Counted last;
        synchronized (this) {
            runs = false;
            last = counted;
            counted = null;
        }
        if (last != null) {
            count.background().execute(() -> end(last));
        }
    }

    private void end(Counted last) {
        try {
            last.getChannel().basicCancel(last.tag);
            count.channels().giveBack(last.getChannel());
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("a run of queue '{}' ended when it was not counted any more", queue, e);
            count.channels().discard(last.getChannel());
        }
    }

    private synchronized void lost(Counted which, String why) {
        which.lost = true;
        if (!which.equals(counted)) {
            return;
        }
        counted = null;
        if (runs && !count.channels().isClosed()) {
            LOSSES.warn("a task runs on that is not counted among the runs of '%s' until the broker is back: %s"
                    .formatted(queue, why));
            again();
        }
    }

    private void again() {
        count.later(Pauses.USUAL.after(++failures), this::rejoin);
    }

    private void rejoin() {
        if (!isToBeCounted()) {
            return;
        }
        try {
            var channel = count.channels().borrow();
            try {
                count.counted(channel, queue);
                join(channel);
                stay();
            } catch (IOException | ShutdownSignalException e) {
                count.channels().discard(channel);
                throw e;
            }
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("a run of '{}' cannot be counted", queue, e);
            synchronized (this) {
                if (runs && !count.channels().isClosed()) {
                    again();
                }
            }
        }
    }

    private synchronized boolean isToBeCounted() {
        return runs && counted == null;
    }

    private void stay() {
        boolean over;
        synchronized (this) {
            over = !runs;
            failures = 0;
            if (runs && counted == null) {
                again();
            }
        }
        if (over) {
            close();
        }
    }
}
