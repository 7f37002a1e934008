package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.jtask.client.AmqpMessages;
import dev.jtask.worker.execution.Received;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One queue on one channel. The prefetch limit is the consumer's own (`global=false`), legal on every kind of queue;
/// RabbitMQ fixes it when the consumer starts, so a new limit means a new consumer.
final class QueueConsumer {

    private final Channel channel;
    private final Acknowledger acknowledger;
    private final String queue;
    private final int preference;
    private final Consumer<Delivered> intake;
    private final Runnable lost;
    private long order;
    private int prefetch;
    private volatile String tag = "";

    /// @param intake where deliveries go
    /// @param lost called when the broker ends the consumer, for example because the queue was deleted
    QueueConsumer(Channel channel, String queue, int preference, Consumer<Delivered> intake, Runnable lost) {
        this.channel = channel;
        this.acknowledger = new Acknowledger(channel);
        this.queue = queue;
        this.preference = preference;
        this.intake = intake;
        this.lost = lost;
    }

    int prefetch() {
        return prefetch;
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    void subscribe(int limit) throws IOException {
        prefetch = limit;
        channel.basicQos(limit, false);
        tag = channel.basicConsume(queue, false, new Deliveries());
    }

    /// Changes the limit: the old consumer ends before the new one starts, so the worker never holds both limits.
    void resubscribe(int limit) throws IOException {
        channel.basicCancel(tag);
        subscribe(limit);
    }

    void cancel() throws IOException {
        channel.basicCancel(tag);
    }

    /// Hands over all settlements and closes the channel, which returns what is still open to the queue.
    void close(long timeout, TimeUnit unit) throws InterruptedException {
        acknowledger.flush(timeout, unit);
        acknowledger.stop();
    }

    private final class Deliveries extends DefaultConsumer {

        Deliveries() {
            super(channel);
        }

        @Override
        public void handleDelivery(
                String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            acknowledger.delivered(envelope.getDeliveryTag());
            var received = new Received(queue, AmqpMessages.fromAmqp(properties, body), envelope.isRedeliver());
            intake.accept(new Delivered(received, envelope.getDeliveryTag(), acknowledger, preference, order++));
        }

        @Override
        public void handleCancel(String consumerTag) {
            lost.run();
        }
    }
}
