package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AmqpMessagesTest {

    private static final byte[] BODY = {1, 2, 3};

    @Test
    void readsTextOfHeadersAsStringsHoweverDeepItIs() throws IOException {
        LongString text = LongStringHelper.asLongString("hello");
        var headers = new HashMap<String, Object>();
        headers.put("text", text);
        headers.put("list", List.of(text, Map.of("in", text)));
        headers.put("none", null);
        headers.put("number", 1L << 40);
        var message = AmqpMessages.fromAmqp(
                new BasicProperties.Builder().headers(headers).build(), BODY);

        assertThat(message.properties().headers())
                .containsEntry("text", "hello")
                .containsEntry("list", List.of("hello", Map.of("in", "hello")))
                .containsEntry("none", null)
                .containsEntry("number", 1L << 40);
        assertThat(message.body()).isSameAs(BODY);
    }

    @Test
    void theCopiesThatTheBrokerHasMadeAreNotAskedForAgain() throws IOException {
        var headers = Map.<String, Object>of("CC", List.of("audit"), "BCC", List.of("hidden"), "cc", "the user's");
        var message = AmqpMessages.fromAmqp(
                new BasicProperties.Builder().headers(headers).build(), BODY);

        assertThat(message.properties().headers()).isEqualTo(Map.of("cc", "the user's"));
    }

    @Test
    void aMessageWithNothingIsReadAsWell() throws IOException {
        var message = AmqpMessages.fromAmqp(new BasicProperties(), BODY);

        assertThat(message.properties().headers()).isEmpty();
        assertThat(message.properties().others()).isEqualTo(WireProperties.Others.NONE);
    }

    @Test
    void keepsEveryPropertyBothWays() throws IOException {
        var time = Instant.parse("2026-11-23T12:00:00Z");
        var properties = new BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .correlationId("id-1")
                .replyTo("replies")
                .deliveryMode(2)
                .priority(7)
                .expiration("60000")
                .headers(Map.of("task", "t.add"))
                .messageId("order-7")
                .timestamp(Date.from(time))
                .type("order")
                .userId("guest")
                .appId("shop")
                .build();
        var message = AmqpMessages.fromAmqp(properties, BODY);

        assertThat(message.properties().others())
                .isEqualTo(new WireProperties.Others("order-7", time, "order", "guest", "shop"));
        assertThat(AmqpMessages.toAmqp(message.properties()).build()).isEqualTo(properties);
    }

    @Test
    void whatIsLeftOfAMessageWithoutItsBodyIsNoMessage() {
        assertThatThrownBy(() -> AmqpMessages.fromAmqp(OversizedMessages.properties("id-1", 20_000_000), new byte[0]))
                .isInstanceOfSatisfying(
                        OversizedException.class,
                        e -> assertThat(e.correlationId()).isEqualTo("id-1"))
                .hasMessageContaining("20000000 bytes")
                .hasMessageContaining("four times as much memory");
    }
}
