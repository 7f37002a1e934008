package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.AMQContentHeader;
import dev.jtask.protocol.message.WireProperties;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SentPropertiesTest {

    private static final WireProperties.Others OTHERS =
            new WireProperties.Others("of the sender", Instant.ofEpochSecond(1_700_000_000), "type", "user", "app");

    static List<Map<String, @Nullable Object>> headers() {
        return List.of(
                Map.of(),
                Collections.singletonMap("eta", null),
                Map.of("task", "bench.echo"),
                Map.of("text", "Grüße, 世界 \ud83d\ude00"),
                Map.of("long", "x".repeat(70_000)),
                Map.of("timelimit", Arrays.asList(null, 30)),
                Map.of("list", List.of(1, List.of(), List.of("a", Map.of("b", 2L)))),
                Map.of("table", Map.of("inner", Map.of("deep", Map.of(), "and", true))),
                Map.of("number", 1.5f),
                Map.of("number", -2.5),
                Map.of("number", (short) 3),
                Map.of("number", (byte) -4),
                Map.of("number", Long.MIN_VALUE),
                Map.of("number", new BigDecimal("12.34")),
                Map.of("time", Date.from(Instant.ofEpochSecond(1_700_000_000))),
                Map.of("bytes", new byte[] {1, -1}));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void theSameBytesComeOfThemAsOfTheClientsOwn(Map<String, @Nullable Object> headers) throws IOException {
        var properties = WireProperties.json(WireProperties.PERSISTENT, headers);
        for (var each : List.of(properties, properties.withOthers(OTHERS).withCorrelationId("an-id"))) {
            var own = AmqpMessages.toAmqp(each).messageId("7").build();
            var sent = AmqpMessages.sent(each, "7");

            assertThat(bytes(sent)).isEqualTo(bytes(own));
            assertThat(sent.toFrame(3, 4_711).size())
                    .isEqualTo(own.toFrame(3, 4_711).size());
            assertThat(sent.getHeaders()).isEqualTo(own.getHeaders());
        }
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void whatTheClientDoesNotWriteIsNotWritten(Map<String, @Nullable Object> headers) {
        var properties = WireProperties.json(WireProperties.PERSISTENT, headers);
        assertThatThrownBy(() -> bytes(AmqpMessages.toAmqp(properties).build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bytes(AmqpMessages.sent(properties, "7")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static List<Map<String, @Nullable Object>> unwritable() {
        return List.of(
                Map.of("n".repeat(256), 1),
                Map.of("list", List.of(Map.of("instant", Instant.EPOCH))),
                Map.of("number", new BigDecimal("12345678901234567890")));
    }

    private static byte[] bytes(BasicProperties properties) throws IOException {
        AMQContentHeader header = properties;
        var bytes = new ByteArrayOutputStream();
        header.toFrame(3, 4_711).writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
