package dev.jtask.worker.delivery;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.topology.LimitScope;
import dev.jtask.worker.run.Permits.Answer;
import dev.jtask.worker.run.Permits.Permit;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// Counts what has started in the last time: each start is a message of one queue, which holds no more than there may
/// be and drops them when their time is over. A start whose answer is lost counts all the same, so that there may be
/// fewer, never more.
final class StartCount {

    private static final long CONFIRM_MS = 5_000;
    private static final byte[] NOTHING = new byte[0];

    private final SpareChannels channels;

    /// @param channels that confirm; of a connection on which nothing else waits, since a broker that is out of memory
    /// stops those who publish
    StartCount(SpareChannels channels) {
        this.channels = channels;
    }

    /// @throws IOException when the broker does not count
    Answer ask(String queue, int most, Duration period) throws IOException {
        var channel = channels.borrow();
        try {
            boolean granted = hasRoom(channel, queue, most, period) && publish(channel, queue);
            channels.giveBack(channel);
            return granted ? new Answer.Granted(Permit.NONE) : new Answer.Full();
        } catch (IOException | ShutdownSignalException e) {
            channels.discard(channel);
            throw e;
        }
    }

    /// Each question keeps the queue from being deleted, and spares it most of what it would refuse.
    private static boolean hasRoom(Channel channel, String queue, int most, Duration period) throws IOException {
        return channel.queueDeclare(queue, true, false, false, LimitScope.startedArguments(most, period))
                        .getMessageCount()
                < most;
    }

    private static boolean publish(Channel channel, String queue) throws IOException {
        channel.basicPublish("", queue, MessageProperties.MINIMAL_BASIC, NOTHING);
        try {
            return channel.waitForConfirms(CONFIRM_MS);
        } catch (TimeoutException e) {
            throw new IOException("queue '%s' did not confirm in %d s".formatted(queue, CONFIRM_MS / 1000), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for queue '%s'".formatted(queue), e);
        }
    }
}
