package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.worker.run.Permits.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what runs at the same time: each run is a consumer of one queue. Whoever wants to run joins first and counts
/// then, so that of those who run the last to join has counted all of them; who finds too many leaves again.
final class RunCount {

    private static final Logger LOG = LoggerFactory.getLogger(RunCount.class);
    private static final Answer FULL = new Answer.Full();
    /// Of those who join at the same time each may find the others, and all leave.
    private static final int TRIES = 3;

    private final SpareChannels channels;
    private final ScheduledExecutorService timer;
    private final Executor background;

    /// @param timer nothing that runs on it blocks
    /// @param background for what waits for the broker while nobody waits for that
    RunCount(SpareChannels channels, ScheduledExecutorService timer, Executor background) {
        this.channels = channels;
        this.timer = timer;
        this.background = background;
    }

    /// @throws IOException when the broker does not count
    Answer ask(String queue, int most) throws IOException {
        var channel = channels.borrow();
        var run = new CountedRun(this, queue);
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                if (counted(channel, queue) >= most) {
                    break;
                }
                run.join(channel);
                if (counted(channel, queue) <= most) {
                    run.begin();
                    return new Answer.Granted(run);
                }
                run.leave();
            }
            channels.giveBack(channel);
            return FULL;
        } catch (IOException | ShutdownSignalException e) {
            channels.discard(channel);
            throw e;
        }
    }

    /// How many there are now. A queue that is missing is created, and none is deleted right after this.
    int counted(Channel channel, String queue) throws IOException {
        return channel.queueDeclare(queue, true, false, false, LimitScope.runningArguments())
                .getConsumerCount();
    }

    SpareChannels channels() {
        return channels;
    }

    Executor background() {
        return background;
    }

    void later(Duration pause, Runnable work) {
        try {
            var _ = timer.schedule(() -> background.execute(work), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the worker has ended", e);
        }
    }
}
