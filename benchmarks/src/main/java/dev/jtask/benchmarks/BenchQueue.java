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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The queue that is filled and emptied, and the one that results go to.
final class BenchQueue implements AutoCloseable {

    static final String NAME = "bench";
    static final String REPLIES = "bench.replies";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Connection connection;
    private final Channel channel;

    private BenchQueue(Connection connection) throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
    }

    static BenchQueue on(String brokerUri) throws IOException {
        return new BenchQueue(BrokerConnections.open(BrokerOptions.of(brokerUri)));
    }

    /// New and empty, with an empty queue for results.
    void declare(String type) throws IOException {
        channel.queueDelete(NAME);
        channel.queueDeclare(NAME, true, false, false, Map.of("x-queue-type", type));
        // Celery binds it at start-up; here so that all find the same
        channel.exchangeDeclare(NAME, "direct", true);
        channel.queueBind(NAME, NAME, NAME);
        channel.queueDelete(REPLIES);
        channel.queueDeclare(REPLIES, false, false, false, Map.of());
    }

    /// Task messages, each confirmed by the broker.
    ///
    /// @param answered whether each asks for its result
    void fill(String task, int messages, boolean answered) throws IOException {
        try (var sender = Sender.on(connection)) {
            var confirms = new ArrayList<CompletableFuture<?>>(messages);
            for (int i = 0; i < messages; i++) {
                var message = TaskMessage.builder(UUID.randomUUID().toString(), task)
                        .args(JsonNodeFactory.instance.arrayNode().add(i))
                        .ignoreResult(!answered)
                        .replyTo(answered ? REPLIES : "")
                        .build();
                confirms.add(sender.send(
                        Parcel.reply(NAME, TaskCodec.encode(message, Instant.now())), Patience.none(PATIENCE)));
            }
            CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
        }
    }

    /// Tasks waiting; those a consumer holds are not counted.
    int ready() {
        return count(NAME);
    }

    /// Results that came.
    int replies() {
        return count(REPLIES);
    }

    private int count(String queue) {
        try {
            return channel.queueDeclarePassive(queue).getMessageCount();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
