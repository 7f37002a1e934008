package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.AMQImpl;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeaderPackerTest {

    private static final BasicProperties BARE = new BasicProperties.Builder()
            .contentType("application/json")
            .contentEncoding("utf-8")
            .deliveryMode(2)
            .priority(3)
            .correlationId("id")
            .replyTo("reply")
            .expiration("60000")
            .messageId("message")
            .timestamp(Date.from(Instant.EPOCH))
            .type("type")
            .userId("user")
            .appId("app")
            .build();

    @Test
    void packsTheHeadersAndNothingElse() throws IOException {
        Map<String, Object> headers = Map.of("task", "a", "list", List.of(1, 2));
        var given = BARE.builder().headers(headers).build();
        var packed = read(HeaderPacker.pack(payload(given)));

        assertThat(packed.getHeaders()).containsOnlyKeys(PackedHeaders.NAME);
        assertThat(AmqpMessages.headers(packed)).isEqualTo(headers);
        assertThat(packed.builder().headers(headers).build()).isEqualTo(given);
    }

    @Test
    void leavesWhatHasNoHeaders() throws IOException {
        for (var bare : List.of(
                payload(BARE), payload(BARE.builder().headers(Map.of()).build()), payload(new BasicProperties()))) {
            assertThat(HeaderPacker.pack(bare)).isSameAs(bare);
            assertThat(AmqpMessages.headers(read(bare))).isEmpty();
        }
    }

    @Test
    void noSenderCanHaveItsHeadersTakenForPackedOnes() throws IOException {
        Map<String, Object> headers = Map.of("packed", new byte[] {1, 'a', 'V'});

        assertThat(AmqpMessages.headers(read(HeaderPacker.pack(
                        payload(BARE.builder().headers(headers).build())))))
                .containsOnlyKeys("packed");
    }

    @Test
    void throwsForNoBytesAtAll() throws IOException {
        var random = new Random(42);
        var good = payload(BARE.builder().headers(Map.of("task", "a")).build());
        for (int i = 0; i < 100_000; i++) {
            var bad = good.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(HeaderPacker.pack(bad)).isNotNull();
            assertThat(HeaderPacker.withoutBody(bad, "name", "value")).isNotNull();
        }
    }

    private static byte[] payload(BasicProperties properties) throws IOException {
        return properties.toFrame(1, 10).getPayload();
    }

    private static BasicProperties read(byte[] payload) throws IOException {
        return (BasicProperties) AMQImpl.readContentHeaderFrom(new HeaderFrame(2, 1, payload).getInputStream());
    }
}
