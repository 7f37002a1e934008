package dev.jtask.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmCallback;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ReturnCallback;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A channel without a broker: keeps what is published, and answers when and how the test says.
final class FakeChannel implements InvocationHandler {

    private static final int LONGEST_KEY = 255;

    /// One message as the broker would see it.
    ///
    /// @param sequence as the broker counts
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Published(long sequence, String exchange, String routingKey, BasicProperties properties, byte[] body) {}

    final List<Published> published = new CopyOnWriteArrayList<>();
    private final FakeConnection connection;
    private final int number;
    private final Channel channel =
            (Channel) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Channel.class}, this);
    private final List<ShutdownListener> shutdowns = new CopyOnWriteArrayList<>();
    private final List<ConfirmCallback> acks = new CopyOnWriteArrayList<>();
    private final List<ConfirmCallback> nacks = new CopyOnWriteArrayList<>();
    private final List<ReturnCallback> returns = new CopyOnWriteArrayList<>();
    private volatile @Nullable ShutdownSignalException closed;
    private final AtomicLong counted = new AtomicLong();

    FakeChannel(FakeConnection connection, int number) {
        this.connection = connection;
        this.number = number;
    }

    FakeConnection connection() {
        return connection;
    }

    Channel channel() {
        return channel;
    }

    boolean isOpen() {
        return closed == null;
    }

    void confirm(long tag) throws IOException {
        for (var each : acks) {
            each.handle(tag, false);
        }
    }

    void confirmUpTo(long tag) throws IOException {
        for (var each : acks) {
            each.handle(tag, true);
        }
    }

    void nack(long tag) throws IOException {
        for (var each : nacks) {
            each.handle(tag, false);
        }
    }

    /// As a broker does that has no queue for it: the return first, then a confirm.
    void giveBack(Published message) throws IOException {
        var back = new Return(
                AMQP.NO_ROUTE,
                "NO_ROUTE",
                message.exchange(),
                message.routingKey(),
                message.properties(),
                message.body());
        returns.forEach(each -> each.handle(back));
        confirm(message.sequence());
    }

    void close(ShutdownSignalException signal) {
        if (closed == null) {
            closed = signal;
            shutdowns.forEach(each -> each.shutdownCompleted(signal));
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws IOException {
        var arguments = given == null ? new Object[0] : given;
        return switch (method.getName()) {
            case "hashCode" -> number;
            case "toString" -> "channel " + number;
            case "isOpen" -> isOpen();
            case "getCloseReason" -> closed;
            case "getChannelNumber" -> number;
            case "getNextPublishSeqNo" -> counted.get() + 1;
            case "addShutdownListener" -> listen((ShutdownListener) arguments[0]);
            case "addConfirmListener" -> {
                acks.add((ConfirmCallback) arguments[0]);
                nacks.add((ConfirmCallback) arguments[1]);
                yield null;
            }
            case "addReturnListener" -> {
                returns.add((ReturnCallback) arguments[0]);
                yield null;
            }
            case "basicPublish" -> publish(arguments);
            case "close" -> {
                requireOpen();
                close(Signals.own());
                yield null;
            }
            default -> {
                requireOpen();
                yield connection.answer(this, method.getName(), List.of(arguments));
            }
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

    private @Nullable Object publish(@Nullable Object[] arguments) throws IOException {
        requireOpen();
        counted.incrementAndGet(); // as the client library does, also for what it cannot write then
        var key = (String) arguments[1];
        if (key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("Short string too long");
        }
        var message = new Published(
                published.size() + 1L,
                (String) arguments[0],
                key,
                (BasicProperties) arguments[arguments.length - 2],
                (byte[]) arguments[arguments.length - 1]);
        published.add(message);
        connection.published(this, message);
        return null;
    }

    private void requireOpen() {
        var signal = closed;
        if (signal != null) {
            throw new AlreadyClosedException(signal);
        }
    }

    /// An answer to a declaration.
    static AMQP.Queue.DeclareOk queue(String name, int messages) {
        return new AMQP.Queue.DeclareOk.Builder()
                .queue(name)
                .messageCount(messages)
                .consumerCount(0)
                .build();
    }
}
