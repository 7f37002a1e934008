package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.Flushing;
import dev.jtask.protocol.message.WireMessage;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A channel without a broker: notes what it is told, and delivers what the test gives it.
final class FakeChannel implements InvocationHandler {

    /// What settled deliveries, in order: `ack 3`, `ack up to 5`, `requeue 4`.
    final List<String> settled = new CopyOnWriteArrayList<>();

    private final FakeConnection connection;
    private final int number;
    private final Channel channel =
            (Channel) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Channel.class}, this);
    private final List<ShutdownListener> shutdowns = new CopyOnWriteArrayList<>();
    private final Map<String, Consumer> consumers = new ConcurrentHashMap<>();
    private final Map<String, String> queues = new ConcurrentHashMap<>();
    private final AtomicLong tags = new AtomicLong();
    /// How often what was settled was handed on to the network.
    final AtomicInteger flushes = new AtomicInteger();
    private volatile @Nullable ShutdownSignalException closed;
    private volatile int qos;

    FakeChannel(FakeConnection connection, int number) {
        this.connection = connection;
        this.number = number;
        connection.channels.add(this);
    }

    Channel channel() {
        return channel;
    }

    boolean isOpen() {
        return closed == null;
    }

    boolean isOn(FakeConnection which) {
        return connection == which;
    }

    /// The limit of the consumer that started last.
    int qos() {
        return qos;
    }

    /// How many consumers it has.
    int consumers() {
        return consumers.size();
    }

    /// How many of them are of this queue.
    int consumers(String queue) {
        return (int) consumers.keySet().stream()
                .filter(tag -> queue.equals(queues.get(tag)))
                .count();
    }

    /// Hands a message to the consumer that started first.
    ///
    /// @return its delivery tag
    long deliver(WireMessage message, boolean redelivered) throws IOException {
        return deliver(properties(message), message.body(), redelivered);
    }

    /// The same of a message whose body was dropped while it arrived.
    long deliver(BasicProperties left) throws IOException {
        return deliver(left, new byte[0], false);
    }

    private long deliver(BasicProperties properties, byte[] body, boolean redelivered) throws IOException {
        var consumer = consumers.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .orElseThrow(() -> new IllegalStateException("nobody consumes on " + channel));
        long tag = tags.incrementAndGet();
        consumer.getValue()
                .handleDelivery(
                        consumer.getKey(),
                        new Envelope(tag, redelivered, "", Objects.requireNonNull(queues.get(consumer.getKey()))),
                        properties,
                        body);
        return tag;
    }

    long nextTag() {
        return tags.incrementAndGet();
    }

    /// The broker ends all consumers, as when their queue is deleted.
    void cancelConsumers() throws IOException {
        for (var consumer : List.copyOf(consumers.entrySet())) {
            consumers.remove(consumer.getKey());
            consumer.getValue().handleCancel(consumer.getKey());
        }
    }

    void close(ShutdownSignalException signal) {
        if (closed == null) {
            closed = signal;
            var ended = Map.copyOf(consumers);
            consumers.clear();
            ended.forEach((tag, consumer) -> consumer.handleShutdownSignal(tag, signal));
            shutdowns.forEach(each -> each.shutdownCompleted(signal));
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws IOException {
        var arguments = given == null ? new Object[0] : given;
        return switch (method.getName()) {
            case "hashCode", "getChannelNumber" -> number;
            case "toString" -> "channel " + number;
            case "isOpen" -> isOpen();
            case "getConnection" -> connection.connection();
            case "setDefaultConsumer" -> null;
            case "addShutdownListener" -> listen((ShutdownListener) Objects.requireNonNull(arguments[0]));
            default -> command(method.getName(), arguments);
        };
    }

    private @Nullable Object command(String name, @Nullable Object[] arguments) throws IOException {
        var signal = closed;
        if (signal != null) {
            throw new AlreadyClosedException(signal);
        }
        connection.call(this, name, List.of(arguments));
        return switch (name) {
            case "basicQos" -> {
                qos = (int) Objects.requireNonNull(arguments[0]);
                yield null;
            }
            case "basicConsume" -> consume(String.valueOf(arguments[0]), (Consumer) arguments[arguments.length - 1]);
            case "basicCancel" -> cancel(String.valueOf(arguments[0]));
            case "basicAck" -> note((boolean) Objects.requireNonNull(arguments[1]) ? "ack up to " : "ack ", arguments);
            case "basicReject" -> note("requeue ", arguments);
            case "basicGet" -> connection.get(this, String.valueOf(arguments[0]));
            case "waitForConfirms" -> connection.confirms();
            case "queueDeclare", "queueDeclarePassive" -> connection.declared(String.valueOf(arguments[0]));
            case "close" -> {
                close(Ends.own());
                yield null;
            }
            default -> null;
        };
    }

    private @Nullable Object listen(ShutdownListener listener) {
        shutdowns.add(listener);
        var signal = closed;
        if (signal != null) {
            listener.shutdownCompleted(signal);
        }
        return null;
    }

    private String consume(String queue, @Nullable Consumer consumer) {
        var tag = "consumer-%03d".formatted(connection.consumed.incrementAndGet());
        queues.put(tag, queue);
        consumers.put(tag, Objects.requireNonNull(consumer));
        return tag;
    }

    private @Nullable Object cancel(String tag) {
        var consumer = consumers.remove(tag);
        if (consumer != null) {
            consumer.handleCancelOk(tag);
        }
        return null;
    }

    private @Nullable Object note(String what, @Nullable Object[] arguments) {
        settled.add(what + arguments[0]);
        if (!Flushing.isPutOff(flushes::incrementAndGet)) {
            flushes.incrementAndGet();
        }
        return null;
    }

    static BasicProperties properties(WireMessage message) {
        return AmqpMessages.toAmqp(message.properties()).build();
    }
}
