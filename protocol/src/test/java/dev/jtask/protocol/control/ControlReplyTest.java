package dev.jtask.protocol.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlReplyTest {

    @Test
    void aReplyLooksLikeKombus() throws IOException {
        var reply =
                new ControlReply("w1@h", JsonNodeFactory.instance.objectNode().put("ok", "pong"), "7f3a", 12);
        var message = reply.encode();

        assertThat(new String(message.body(), StandardCharsets.UTF_8)).isEqualTo("{\"w1@h\":{\"ok\":\"pong\"}}");
        assertThat(message.properties().headers()).isEqualTo(Map.of("ticket", "7f3a", "clock", 12L));
        assertThat(ControlReply.decode(message)).isEqualTo(reply);
    }

    @Test
    void anAnswerMayBeNull() throws IOException {
        var reply = new ControlReply("w1@h", NullNode.instance, "7f3a", 12);

        assertThat(ControlReply.decode(reply.encode())).isEqualTo(reply);
    }

    @Test
    void whatIsNoReplyIsRefusedWithAReason() {
        assertThatIOException()
                .isThrownBy(() -> ControlReply.decode(message("{\"a\":1,\"b\":2}")))
                .withMessage("a reply is one node's name and value, this one has 2 keys");
        assertThatIOException()
                .isThrownBy(() -> ControlReply.decode(message("{}")))
                .withMessage("a reply is one node's name and value, this one has 0 keys");
        assertThatIOException()
                .isThrownBy(() -> ControlReply.decode(message("\"pong\"")))
                .withMessage("the body is no JSON object");
    }

    private static WireMessage message(String body) {
        return new WireMessage(
                WireProperties.json(WireProperties.TRANSIENT, Map.of()), body.getBytes(StandardCharsets.UTF_8));
    }
}
