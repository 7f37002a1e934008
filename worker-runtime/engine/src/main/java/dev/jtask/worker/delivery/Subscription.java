package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One consumer at the broker with its own prefetch limit (`global=false`), legal on every kind of queue.
/// RabbitMQ fixes the limit when the consumer starts.
final class Subscription {

    /// Takes a delivery of one subscription.
    @FunctionalInterface
    interface Deliveries {
        void accept(Envelope envelope, AMQP.BasicProperties properties, byte[] body);
    }

    private static final long CANCEL_SECONDS = 10;

    private final Channel channel;
    private final int limit;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final String tag;
    private boolean told;

    /// @param arguments of the consumer
    /// @param lost called when the broker ends the consumer, for example because the queue was deleted
    Subscription(
            Channel channel,
            String queue,
            int limit,
            Map<String, Object> arguments,
            Deliveries deliveries,
            Runnable lost)
            throws IOException {
        this.channel = channel;
        this.limit = limit;
        channel.basicQos(limit, false);
        tag = channel.basicConsume(queue, false, arguments, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(
                    String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                deliveries.accept(envelope, properties, body);
            }

            @Override
            public void handleCancelOk(String consumerTag) {
                ended.countDown();
            }

            @Override
            public void handleCancel(String consumerTag) {
                lost.run();
            }
        });
    }

    int limit() {
        return limit;
    }

    /// Ends the consumer and waits until everything that the broker had sent before has been taken over. May be tried
    /// again when it fails.
    void cancel() throws IOException {
        if (!told) {
            channel.basicCancel(tag);
            told = true;
        }
        try {
            if (!ended.await(CANCEL_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("consumer %s did not end in %d s".formatted(tag, CANCEL_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ending consumer " + tag, e);
        }
    }
}
