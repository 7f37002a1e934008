package dev.jtask.worker.delivery;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.fakes.SettableClock;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A connection without a broker. Every queue is there and empty, and every command is allowed, unless the
/// test says otherwise.
final class FakeConnection implements InvocationHandler {

    /// Something that takes its time before this call is answered.
    @FunctionalInterface
    interface Delay {
        void run() throws InterruptedException;
    }

    /// Of all connections to this broker, as all that is said of queues.
    final List<FakeChannel> channels;

    final List<String> calls;
    final List<FakeConnection> further = new CopyOnWriteArrayList<>();
    final AtomicInteger consumed;
    private final Map<String, Throwable> refusals;
    private final Map<String, Delay> delays;
    private final Map<String, Integer> ready;
    private final Map<String, Deque<LongFunction<GetResponse>>> waiting;
    private final Set<String> leaderless;
    private final Map<String, Integer> others;
    private final List<ShutdownListener> shutdowns = new CopyOnWriteArrayList<>();
    private final Connection connection =
            (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, this);
    private volatile @Nullable ShutdownSignalException closed;
    private volatile boolean silent;
    private volatile boolean confirms = true;

    FakeConnection() {
        channels = new CopyOnWriteArrayList<>();
        calls = new CopyOnWriteArrayList<>();
        consumed = new AtomicInteger();
        refusals = new ConcurrentHashMap<>();
        delays = new ConcurrentHashMap<>();
        ready = new ConcurrentHashMap<>();
        waiting = new ConcurrentHashMap<>();
        leaderless = ConcurrentHashMap.newKeySet();
        others = new ConcurrentHashMap<>();
    }

    private FakeConnection(FakeConnection first) {
        channels = first.channels;
        calls = first.calls;
        consumed = first.consumed;
        refusals = first.refusals;
        delays = first.delays;
        ready = first.ready;
        waiting = first.waiting;
        leaderless = first.leaderless;
        others = first.others;
    }

    Connection connection() {
        return connection;
    }

    /// Of one whose deliveries nobody looks at.
    Consumers consumers() {
        return new Consumers(
                connection,
                this::another,
                new QueueTroubles(),
                new Destinations(),
                new Destinations(),
                Windows.usual(),
                new SettableClock());
    }

    /// Opens one more to the same broker, which lives and ends by itself.
    Connection another() {
        var another = new FakeConnection(this);
        further.add(another);
        return another.connection;
    }

    boolean isOpen() {
        return closed == null;
    }

    /// From now on this call about this name ends its channel with the signal, or its connection where the signal is a
    /// hard error, or throws what else it is.
    void refuse(String call, String name, Throwable how) {
        refusals.put(call + " " + name, how);
    }

    /// From now on no further channel is answered for.
    void fallSilent() {
        silent = true;
    }

    void before(String what, Delay delay) {
        delays.put(what, delay);
    }

    void allow(String call, String name) {
        refusals.remove(call + " " + name);
    }

    /// So many messages wait in a queue.
    void ready(String queue, int messages) {
        ready.put(queue, messages);
    }

    /// So many consumers of a queue are somebody else's.
    void others(String queue, int consumers) {
        others.put(queue, consumers);
    }

    /// From now on messages are confirmed, or refused.
    void confirm(boolean how) {
        confirms = how;
    }

    boolean confirms() {
        return confirms;
    }

    /// How many consumers a queue has.
    int consumers(String queue) {
        return others.getOrDefault(queue, 0)
                + channels.stream()
                        .mapToInt(channel -> channel.consumers(queue))
                        .sum();
    }

    /// The broker shows no consumers of this queue, also where there are some.
    void loseLeader(String queue) {
        leaderless.add(queue);
    }

    void findLeader(String queue) {
        leaderless.remove(queue);
    }

    /// One message more to be fetched from a queue.
    void add(String queue, WireMessage message, boolean redelivered) {
        add(queue, FakeChannel.properties(message), message.body(), redelivered);
    }

    /// The same of one whose body was dropped while it arrived.
    void add(String queue, AMQP.BasicProperties left) {
        add(queue, left, new byte[0], false);
    }

    private void add(String queue, AMQP.BasicProperties properties, byte[] body, boolean redelivered) {
        waiting.computeIfAbsent(queue, name -> new ArrayDeque<>())
                .add(tag -> new GetResponse(new Envelope(tag, redelivered, "", queue), properties, body, 0));
    }

    /// How often this call was made about this name.
    long count(String call, String name) {
        return calls.stream().filter((call + " " + name)::equals).count();
    }

    /// The channel on which this queue is consumed.
    FakeChannel consuming() {
        return channels.stream()
                .filter(channel -> channel.isOpen() && channel.consumers() > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing is consumed"));
    }

    void close(ShutdownSignalException signal) {
        closed = signal;
        shutdowns.forEach(each -> each.shutdownCompleted(signal));
        channels.stream().filter(channel -> channel.isOn(this)).forEach(channel -> channel.close(signal));
    }

    void call(FakeChannel channel, String call, List<?> arguments) throws IOException {
        var what = arguments.isEmpty() ? call : call + " " + arguments.getFirst();
        calls.add(what);
        try {
            delays.getOrDefault(what, () -> {}).run();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        var refusal = refusals.get(what);
        switch (refusal) {
            case null -> {}
            case ShutdownSignalException signal -> {
                if (signal.isHardError()) {
                    close(signal);
                }
                channel.close(signal);
                throw new IOException(signal);
            }
            case IOException thrown -> throw thrown;
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            default -> throw new IllegalStateException(refusal);
        }
    }

    AMQP.Queue.DeclareOk declared(String queue) {
        return new AMQP.Queue.DeclareOk.Builder()
                .queue(queue)
                .messageCount(ready.getOrDefault(
                        queue, waiting.getOrDefault(queue, new ArrayDeque<>()).size()))
                .consumerCount(leaderless.contains(queue) ? 0 : consumers(queue))
                .build();
    }

    @Nullable
    GetResponse get(FakeChannel channel, String queue) {
        var next = waiting.getOrDefault(queue, new ArrayDeque<>()).poll();
        return next == null ? null : next.apply(channel.nextTag());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws IOException {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(this);
            case "toString" -> "fake connection";
            case "isOpen" -> closed == null;
            case "getServerProperties" -> Map.of("product", "RabbitMQ", "version", "3.10.8");
            case "addShutdownListener" -> {
                shutdowns.add((ShutdownListener) Objects.requireNonNull(given)[0]);
                yield null;
            }
            case "createChannel" -> open();
            case "abort", "close" -> {
                close(Ends.own());
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private Channel open() throws IOException {
        if (silent) {
            throw Ends.silence();
        }
        var signal = closed;
        if (signal != null) {
            throw new AlreadyClosedException(signal);
        }
        return new FakeChannel(this, channels.size() + 1).channel();
    }
}
