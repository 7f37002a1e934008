package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import dev.jtask.protocol.message.JtaskHeaders;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PackingFactoryTest {

    private static final int MOST = 1_000;

    private final Queue<Frame> broker = new ArrayDeque<>();
    private final FrameHandler frames = PackingFactory.packing(
            (FrameHandler) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {FrameHandler.class}, (proxy, method, given) -> {
                        assertThat(method.getName()).isEqualTo("readFrame");
                        return broker.poll();
                    }),
            MOST);

    @Test
    void aBodyThatIsTooLargeIsDroppedAndItsMessageSaysSo() throws IOException {
        for (var headers : List.<Map<String, Object>>of(Map.of(), Map.of("task", "a", "list", List.of(1, 2)))) {
            message(1, headers, 600, 401);
            var header = frames.readFrame();

            assertThat(HeaderPacker.bodySize(header.getPayload())).isZero();
            assertThat(properties(header).getCorrelationId()).isEqualTo("an-id");
            assertThat(Oversized.bytes(properties(header))).isEqualTo(OptionalLong.of(1_001));
            assertThat(frames.readFrame()).as("its body").isNull();
        }
    }

    @Test
    void whatComesBetweenItsPartsOnOtherChannelsIsKept() throws IOException {
        message(1, Map.of(), 600, 401);
        var part = new Frame(AMQP.FRAME_BODY, 2, new byte[500]);
        ((ArrayDeque<Frame>) broker).add(part);
        frames.readFrame();

        assertThat(frames.readFrame()).isSameAs(part);
    }

    @Test
    void theNextMessageIsWhole() throws IOException {
        message(1, Map.of(), 600, 401);
        message(1, Map.of("task", "a"), 600, 400);
        frames.readFrame();

        var header = frames.readFrame();
        assertThat(HeaderPacker.bodySize(header.getPayload())).isEqualTo(1_000);
        assertThat(Oversized.bytes(properties(header))).isEmpty();
        assertThat(frames.readFrame().getPayload()).hasSize(600);
        assertThat(frames.readFrame().getPayload()).hasSize(400);
    }

    @Test
    void noSenderCanSayIt() throws IOException {
        message(1, Map.of(JtaskHeaders.OVERSIZED, "8e1c… 1001"), 10);

        assertThat(Oversized.bytes(properties(frames.readFrame()))).isEmpty();
    }

    private void message(int channel, Map<String, Object> headers, int... parts) throws IOException {
        int size = 0;
        for (int part : parts) {
            size += part;
        }
        var properties = new BasicProperties.Builder()
                .contentType("application/json")
                .headers(headers.isEmpty() ? null : headers)
                .correlationId("an-id")
                .build();
        broker.add(properties.toFrame(channel, size));
        for (int part : parts) {
            broker.add(new Frame(AMQP.FRAME_BODY, channel, new byte[part]));
        }
    }

    /// As the AMQP client reads them.
    private static BasicProperties properties(Frame header) throws IOException {
        var in = header.getInputStream();
        assertThat(in.readShort()).isEqualTo((short) 60);
        var properties = new BasicProperties(in);
        return properties;
    }
}
