package dev.jtask.benchmarks;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// What a round trip costs without tasks: a persistent message that is confirmed, an answer that is, and its
/// acknowledgement, in one process and on two connections. Prints as [RoundTrips] does: `Echo URI MESSAGES`.
final class Echo {

    /// As many bytes as a task has with its headers.
    private static final byte[] BODY = new byte[700];

    private static final int PERSISTENT = 2;
    private static final long PATIENCE_MILLIS = 30_000;

    private Echo() {}

    public static void main(String[] args) throws Exception {
        int messages = Integer.parseInt(args[1]);
        var factory = new ConnectionFactory();
        factory.setUri(args[0]);
        try (var worker = factory.newConnection();
                var client = factory.newConnection()) {
            answer(worker.createChannel(), confirming(worker.createChannel()));
            var send = confirming(client.createChannel());
            var replies = send.queueDeclare().getQueue();
            var answers = new LinkedBlockingQueue<String>();
            client.createChannel()
                    .basicConsume(
                            replies,
                            true,
                            (_, message) -> answers.add(message.getProperties().getCorrelationId()),
                            _ -> {});
            for (int n = 0; n < messages; n++) {
                trip(send, replies, Integer.toString(n), answers);
                LockSupport.parkNanos(RoundTrips.PAUSE_NANOS);
            }
        }
    }

    private static void trip(Channel channel, String replies, String id, BlockingQueue<String> answers)
            throws Exception {
        long began = System.nanoTime();
        var properties = new BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .replyTo(replies)
                .correlationId(id)
                .build();
        channel.basicPublish("", BenchQueue.NAME, properties, BODY);
        channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
        var answer = answers.take();
        System.out.printf("took %.3f%n", (System.nanoTime() - began) / 1e6);
        if (!answer.equals(id)) {
            throw new IllegalStateException("asked for %s, was told %s".formatted(id, answer));
        }
    }

    private static void answer(Channel from, Channel to) throws IOException {
        from.basicConsume(
                BenchQueue.NAME,
                (_, message) -> {
                    var asked = message.getProperties();
                    var properties = new BasicProperties.Builder()
                            .correlationId(asked.getCorrelationId())
                            .build();
                    to.basicPublish("", asked.getReplyTo(), properties, message.getBody());
                    try {
                        to.waitForConfirmsOrDie(PATIENCE_MILLIS);
                    } catch (InterruptedException | TimeoutException e) {
                        throw new IOException(e);
                    }
                    from.basicAck(message.getEnvelope().getDeliveryTag(), false);
                },
                _ -> {});
    }

    private static Channel confirming(Channel channel) throws IOException {
        channel.confirmSelect();
        return channel;
    }
}
