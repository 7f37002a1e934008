package dev.jtask.broker.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AmqpEventLineTest {

    private final List<Boolean> channels = new ArrayList<>();
    private boolean refusing = true;
    private long now;
    private final AmqpEventLine line = new AmqpEventLine(() -> now);

    @Test
    void eventsThatTheBrokerRefusesAreTriedSeldom() throws IOException {
        line.attach(connection());
        for (int tick = 0; tick < 600; tick++) { // a minute
            tell();
            pass(Duration.ofMillis(100));
        }

        assertThat(channels).hasSizeBetween(8, 24);
    }

    @Test
    void aChannelThatHasLastedIsOpenedAnewSoon() throws IOException {
        line.attach(connection());
        for (int tick = 0; tick < 600; tick++) {
            tell();
            pass(Duration.ofMillis(100));
        }
        refusing = false;
        tell();
        pass(Duration.ofSeconds(11));
        assertThat(line.isOpen()).isTrue();
        pass(Duration.ofMinutes(1));
        int before = channels.size();
        refusing = true;
        tell();
        assertThat(line.isOpen()).isFalse();
        pass(Duration.ofMillis(100));

        assertThat(line.isOpen()).isTrue();
        assertThat(channels).hasSize(before + 1);
    }

    @Test
    void anotherConnectionIsTriedAtOnce() throws IOException {
        line.attach(connection());
        tell();
        assertThat(line.isOpen()).isFalse();
        line.attach(connection());

        assertThat(line.isOpen()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void tell() throws IOException {
        if (line.isOpen()) {
            line.send(
                    new Route("celeryev", "worker.heartbeat"),
                    new WireMessage(WireProperties.json(1, Map.of()), new byte[] {'{', '}'}));
        }
    }

    /// One with channels that the broker closes at the first publish, as long as it refuses.
    private Connection connection() {
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "isOpen" -> true;
            case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "connection";
            case "createChannel" -> channel((Connection) self);
            default -> null;
        });
    }

    private Channel channel(Connection of) {
        int number = channels.size();
        channels.add(true);
        return proxy(Channel.class, (self, method, arguments) -> switch (method.getName()) {
            case "isOpen" -> channels.get(number);
            case "getConnection" -> of;
            case "getChannelNumber" -> number;
            case "getCloseReason" -> channels.get(number) ? null : forbidden();
            case "basicPublish" -> channels.set(number, !refusing);
            default -> null;
        });
    }

    private static ShutdownSignalException forbidden() {
        var close = new AMQP.Channel.Close.Builder()
                .replyCode(AMQP.ACCESS_REFUSED)
                .replyText("ACCESS_REFUSED - write access to exchange 'celeryev'")
                .classId(60)
                .methodId(40)
                .build();
        return new ShutdownSignalException(false, false, close, "channel");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
