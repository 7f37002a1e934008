package dev.jtask.operator.depth;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.topology.NotFound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Counts by passive declaration, which tells what waits at that moment. A channel takes one question at a time, so
/// that as many queues are asked for at once as there are channels. A queue of which the broker says nothing costs its
/// channel, and the next one gets another.
final class AmqpLine implements Line {

    private static final int FAREWELL_MS = 2_000;
    private static final int LONGEST_NAME = 255;

    private final Connection connection;
    private final Duration patience;
    private final List<Channel> channels = new ArrayList<>();
    /// Channels that the broker allows.
    private int most;

    /// @param most channels that it may have
    /// @param patience with an answer
    AmqpLine(Connection connection, int most, Duration patience) {
        this.connection = connection;
        this.most = most;
        this.patience = patience;
    }

    @Override
    public void count(List<String> queues, BiConsumer<String, Answer> told) throws IOException {
        try {
            for (int from = 0; from < queues.size(); ) {
                int to = Math.min(queues.size(), from + room(queues.size() - from));
                countAtOnce(queues.subList(from, to), told);
                from = to;
            }
        } catch (RuntimeException e) {
            // a connection that is closed
            throw new IOException(reason(e), e);
        }
    }

    @Override
    public void close() {
        connection.abort(FAREWELL_MS);
    }

    private void countAtOnce(List<String> queues, BiConsumer<String, Answer> told) throws IOException {
        var asked = new ArrayList<CompletableFuture<Command>>();
        for (int i = 0; i < queues.size(); i++) {
            asked.add(ask(channels.get(i), queues.get(i)));
        }
        for (int i = 0; i < queues.size(); i++) {
            told.accept(queues.get(i), answer(asked.get(i)));
        }
    }

    /// One that cannot be sent would hold its channel for ever.
    private static CompletableFuture<Command> ask(Channel channel, String queue) throws IOException {
        return queue.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
                ? CompletableFuture.failedFuture(new IllegalArgumentException("no queue has a name so long"))
                : channel.asyncCompletableRpc(
                        new AMQP.Queue.Declare.Builder().queue(queue).passive().build());
    }

    private Answer answer(CompletableFuture<Command> asked) throws IOException {
        try {
            var method = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS).getMethod();
            if (method instanceof AMQP.Queue.DeclareOk ok) {
                return new Answer.Waiting(Integer.toUnsignedLong(ok.getMessageCount()));
            }
            throw new IOException("the broker answers something else: " + method.protocolMethodName());
        } catch (ExecutionException e) {
            return refusal(e.getCause()).orElseThrow(() -> new IOException(reason(e.getCause()), e.getCause()));
        } catch (TimeoutException e) {
            throw new IOException("no answer came within %d ms".formatted(patience.toMillis()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Opens channels in place of those that are lost, and as many as are of use.
    ///
    /// @return how many queues may be asked for at once
    private int room(int wanted) throws IOException {
        channels.removeIf(channel -> !channel.isOpen());
        while (channels.size() < Math.min(wanted, most)) {
            @Nullable Channel fresh = connection.createChannel();
            if (fresh != null) {
                channels.add(fresh);
            } else if (channels.isEmpty()) {
                throw new IOException("the broker allows no channel on this connection");
            } else {
                most = channels.size();
            }
        }
        return channels.size();
    }

    private static Optional<Answer> refusal(@Nullable Throwable cause) {
        if (cause instanceof IllegalArgumentException e) {
            return Optional.of(new Answer.Refused(String.valueOf(e.getMessage())));
        }
        return cause instanceof ShutdownSignalException signal
                        && !signal.isHardError()
                        && signal.getReason() instanceof AMQP.Channel.Close close
                ? Optional.of(
                        close.getReplyCode() == AMQP.NOT_FOUND && !NotFound.isAway(close.getReplyText())
                                ? new Answer.Missing()
                                : new Answer.Refused(close.getReplyText()))
                : Optional.empty();
    }

    private static String reason(@Nullable Throwable e) {
        var message = e == null ? null : e.getMessage();
        return message != null && !message.isBlank()
                ? message
                : e == null ? "no reason" : e.getClass().getSimpleName();
    }
}
