package dev.jtask.operator.depth;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.topology.NotFound;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts by passive declaration, which tells what waits at that moment. A queue of which the broker says nothing costs
/// the channel, so that the next one gets another.
final class AmqpLine implements Line {

    private static final int FAREWELL_MS = 2_000;

    private final Connection connection;
    private @Nullable Channel channel;

    AmqpLine(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Answer count(String queue) throws IOException {
        try {
            return new Answer.Waiting(open().messageCount(queue));
        } catch (IOException e) {
            return refusal(e.getCause()).orElseThrow(() -> e);
        } catch (IllegalArgumentException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // a connection that is closed, and an answer that does not come
            throw new IOException(reason(e), e);
        }
    }

    @Override
    public void close() {
        connection.abort(FAREWELL_MS);
    }

    private Channel open() throws IOException {
        var current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        @Nullable Channel fresh = connection.createChannel();
        if (fresh == null) {
            throw new IOException("the broker allows no channel on this connection");
        }
        channel = fresh;
        return fresh;
    }

    private static Optional<Answer> refusal(@Nullable Throwable cause) {
        return cause instanceof ShutdownSignalException signal
                        && !signal.isHardError()
                        && signal.getReason() instanceof AMQP.Channel.Close close
                ? Optional.of(
                        close.getReplyCode() == AMQP.NOT_FOUND && !NotFound.isAway(close.getReplyText())
                                ? new Answer.Missing()
                                : new Answer.Refused(close.getReplyText()))
                : Optional.empty();
    }

    private static String reason(RuntimeException e) {
        var message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
