package dev.jtask.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Patience;
import dev.jtask.broker.Sender;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The benchmark's queue: filled with real task messages, watched while it drains.
final class Bench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Connection connection;
    private final Channel channel;
    private final int messages;

    private Bench(Connection connection, int messages) throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
        this.messages = messages;
    }

    static Bench on(String brokerUri, int messages) throws IOException {
        return new Bench(BrokerConnections.open(BrokerOptions.of(brokerUri)), messages);
    }

    /// A new queue with the tasks in it, each confirmed by the broker.
    void fill() throws IOException {
        channel.queueDelete(Contestants.QUEUE);
        channel.queueDeclare(Contestants.QUEUE, true, false, false, Map.of("x-queue-type", "classic"));
        // Celery binds it at start-up; here so that all find the same.
        channel.exchangeDeclare(Contestants.QUEUE, "direct", true);
        channel.queueBind(Contestants.QUEUE, Contestants.QUEUE, Contestants.QUEUE);
        try (var sender = Sender.on(connection)) {
            var confirms = new ArrayList<CompletableFuture<?>>(messages);
            for (int i = 0; i < messages; i++) {
                var task = TaskMessage.builder(UUID.randomUUID().toString(), "bench.noop")
                        .args(JsonNodeFactory.instance.arrayNode().add(i))
                        .ignoreResult(true)
                        .build();
                confirms.add(sender.send(
                        Parcel.reply(Contestants.QUEUE, TaskCodec.encode(task, Instant.now())),
                        Patience.none(PATIENCE)));
            }
            CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
        }
    }

    /// Messages waiting; those a consumer holds are not counted.
    int ready() throws IOException {
        return channel.queueDeclarePassive(Contestants.QUEUE).getMessageCount();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
