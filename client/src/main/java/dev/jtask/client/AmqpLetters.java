package dev.jtask.client;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Channels;
import dev.jtask.broker.Queues;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.util.Optional;

/// A broker's queues, read by hand: each message is taken, and given back at the end.
final class AmqpLetters implements Letters {

    private final Connection connection;

    /// What asks the broker.
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    AmqpLetters(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Look at(String queue) throws IOException {
        return new AmqpLook(answer(() -> Channels.open(connection)), queue);
    }

    private static final class AmqpLook implements Look {

        private final Channel channel;
        private final String queue;
        private long last;

        AmqpLook(Channel channel, String queue) {
            this.channel = channel;
            this.queue = queue;
        }

        @Override
        public Optional<WireMessage> next() throws IOException {
            var got = answer(() -> Optional.ofNullable(channel.basicGet(queue, false)));
            if (got.isEmpty()) {
                return Optional.empty();
            }
            last = got.get().getEnvelope().getDeliveryTag();
            return Optional.of(
                    AmqpMessages.fromAmqp(got.get().getProps(), got.get().getBody()));
        }

        @Override
        public void gone() throws IOException {
            answer(() -> {
                channel.basicAck(last, false);
                return last;
            });
        }

        @Override
        public void close() throws IOException {
            try {
                if (channel.isOpen()) {
                    answer(() -> {
                        channel.basicNack(0, true, true);
                        // an answer from the queue: closing alone would put the messages back some time later
                        return channel.queueDeclarePassive(queue);
                    });
                }
            } finally {
                Channels.close(channel);
            }
        }
    }

    private static <T> T answer(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection is closed", e);
        } catch (IOException e) {
            throw new IOException("is it declared? (%s)".formatted(Queues.reason(e)), e);
        }
    }
}
