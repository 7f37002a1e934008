package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BlockedCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.UnblockedCallback;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A connection without a broker. Each publish is answered by what the test has set, at once and on the publisher's
/// thread; declarations succeed unless they were refused.
final class FakeConnection implements InvocationHandler {

    /// What the broker does about one message.
    @FunctionalInterface
    interface Broker {
        void take(FakeChannel channel, FakeChannel.Published message) throws IOException;
    }

    /// One call that is no publish, such as `queueDeclare [orders, …]`.
    record Called(String what, List<?> arguments) {}

    final List<FakeChannel> channels = new CopyOnWriteArrayList<>();
    final List<Called> calls = new CopyOnWriteArrayList<>();
    volatile Broker broker = (channel, message) -> channel.confirm(message.sequence());
    private final Map<String, Throwable> refusals = new ConcurrentHashMap<>();
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final List<BlockedCallback> blocked = new CopyOnWriteArrayList<>();
    private final List<UnblockedCallback> unblocked = new CopyOnWriteArrayList<>();
    private final Connection connection =
            (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, this);
    private volatile @Nullable ShutdownSignalException closed;

    Connection connection() {
        return connection;
    }

    /// From now on this call about this name ends its channel with the signal, or throws what else it is.
    void refuse(String call, String name, Throwable how) {
        refusals.put(call + " " + name, how);
    }

    void allow(String call, String name) {
        refusals.remove(call + " " + name);
    }

    /// There is no such queue until somebody tries to create it, whatever comes of that try.
    void missUntilDeclared(String queue) {
        missing.add(queue);
        refuse("queueDeclarePassive", queue, Signals.channel(AMQP.NOT_FOUND, "NOT_FOUND - no queue"));
    }

    void block(String reason) throws IOException {
        for (var each : blocked) {
            each.handle(reason);
        }
    }

    void unblock() throws IOException {
        for (var each : unblocked) {
            each.handle();
        }
    }

    /// Ends it with all its channels.
    void close(ShutdownSignalException signal) {
        closed = signal;
        channels.forEach(channel -> channel.close(signal));
    }

    /// Everything that was published on it, in no order between channels.
    List<FakeChannel.Published> published() {
        return channels.stream().flatMap(channel -> channel.published.stream()).toList();
    }

    /// How often this call was made about this name.
    long count(String call, String name) {
        return calls.stream()
                .filter(each -> each.what().equals(call) && each.arguments().contains(name))
                .count();
    }

    void published(FakeChannel channel, FakeChannel.Published message) throws IOException {
        broker.take(channel, message);
    }

    @Nullable
    Object answer(FakeChannel channel, String call, List<?> arguments) throws IOException {
        calls.add(new Called(call, arguments));
        var name = arguments.isEmpty() ? "" : String.valueOf(arguments.get(0));
        if (call.equals("queueDeclare") && missing.remove(name)) {
            allow("queueDeclarePassive", name);
        }
        var refusal = refusals.get(call + " " + name);
        if (refusal instanceof ShutdownSignalException signal) {
            channel.close(signal);
            throw new IOException(signal);
        }
        if (refusal instanceof IOException thrown) {
            throw thrown;
        }
        if (refusal instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (refusal instanceof Error thrown) {
            throw thrown;
        }
        return call.equals("queueDeclarePassive") ? FakeChannel.queue(name, 0) : null;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given) {
        var arguments = given == null ? new Object[0] : given;
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(this);
            case "toString" -> "fake connection";
            case "isOpen" -> closed == null;
            case "createChannel" -> open();
            case "addBlockedListener" -> {
                blocked.add((BlockedCallback) arguments[0]);
                unblocked.add((UnblockedCallback) arguments[1]);
                yield null;
            }
            case "abort", "close" -> {
                close(Signals.own());
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private Channel open() {
        var signal = closed;
        if (signal != null) {
            throw new AlreadyClosedException(signal);
        }
        var channel = new FakeChannel(this, channels.size() + 1);
        channels.add(channel);
        return channel.channel();
    }
}
