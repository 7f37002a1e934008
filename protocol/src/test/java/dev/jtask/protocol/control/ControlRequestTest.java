package dev.jtask.protocol.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlRequestTest {

    private static final Instant UNTIL = Instant.parse("2026-11-23T12:00:00.5Z");

    @Test
    void aQuestionLooksLikeKombus() {
        var ids = arguments();
        ids.putArray("ids").add("t-1");
        var message = new ControlRequest(
                        "query_task", ids, Audience.of(List.of("w1@h")), ReturnAddress.of("7f3a", UNTIL), 9)
                .encode();

        assertThat(text(message)).isEqualTo("""
                {"method":"query_task","arguments":{"ids":["t-1"]},"destination":["w1@h"],"pattern":null,"matcher":null,\
                "ticket":"7f3a","reply_to":{"exchange":"reply.celery.pidbox","routing_key":"7f3a"}}""");
        assertThat(message.properties().headers())
                .isEqualTo(Map.of("clock", 9L, "expires", UNTIL.toEpochMilli() / 1e3));
        assertThat(message.properties().contentType()).isEqualTo("application/json");
        assertThat(message.properties().deliveryMode()).isEqualTo(WireProperties.TRANSIENT);
    }

    @Test
    void aCommandThatNobodyAnswersHasNoReturnAddress() throws IOException {
        var command = new ControlRequest("shutdown", arguments(), Audience.everyone(), null, 1);

        assertThat(text(command.encode()))
                .isEqualTo(
                        "{\"method\":\"shutdown\",\"arguments\":{},\"destination\":null,\"pattern\":null,\"matcher\":null}");
        assertThat(command.encode().properties().headers()).containsEntry("expires", 0);
        assertThat(ControlRequest.decode(command.encode())).isEqualTo(command);
    }

    @Test
    void aQuestionIsReadAsItWasWritten() throws IOException {
        var question = new ControlRequest(
                "ping", arguments(), new Audience.Glob("jtask@*"), new ReturnAddress("key", "ticket", null), 1L << 62);

        assertThat(ControlRequest.decode(question.encode())).isEqualTo(question);
        assertThat(question.reply("jtask@host", arguments().put("ok", "pong"), 8))
                .isEqualTo(new ControlReply("jtask@host", arguments().put("ok", "pong"), "ticket", 8));
    }

    /// What celery 5.6.3 sends for `app.control.inspect().ping()`, as captured.
    @Test
    void celerysOwnQuestionIsRead() throws IOException {
        var request = ControlRequest.decode(message("""
                {"method": "ping", "arguments": {}, "destination": null, "pattern": null, "matcher": null,
                 "ticket": "c2d6", "reply_to": {"exchange": "reply.celery.pidbox", "routing_key": "e1b0"}}""", Map.of("clock", 1, "expires", 1795425601.9)));

        assertThat(request.method()).isEqualTo("ping");
        assertThat(request.audience()).isEqualTo(Audience.everyone());
        assertThat(request.returnTo()).isEqualTo(new ReturnAddress("e1b0", "c2d6", null));
        assertThat(request.clock()).isEqualTo(1);
    }

    @Test
    void argumentsMayBeLeftOut() throws IOException {
        assertThat(ControlRequest.decode(message("{\"method\":\"ping\",\"arguments\":null}", Map.of())))
                .isEqualTo(new ControlRequest("ping", arguments(), Audience.everyone(), null, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                          | the body is no JSON object",
                "[]                                        | the body is no JSON object",
                "{\"method\":                              | the body is not JSON",
                "{}                                        | a request needs a method",
                "{\"method\":5}                            | a request needs a method",
                "{\"method\":\"x\",\"arguments\":[1]}      | arguments must be an object",
                "{\"method\":\"x\",\"destination\":\"y\"}  | destination must be an array of node names",
                "{\"method\":\"x\",\"ticket\":\"t\",\"reply_to\":{\"routing_key\":\"celery\"}}"
                        + " | reply_to must be a routing key of exchange reply.celery.pidbox",
                "{\"method\":\"x\",\"ticket\":\"t\",\"reply_to\":{\"exchange\":\"\",\"routing_key\":\"celery\"}}"
                        + " | reply_to must be a routing key of exchange reply.celery.pidbox",
                "{\"method\":\"x\",\"reply_to\":{\"exchange\":\"reply.celery.pidbox\",\"routing_key\":\"k\"}}"
                        + " | a request that wants replies needs a ticket"
            })
    void whatIsNoRequestIsRefusedWithAReason(@Nullable String body, String reason) {
        assertThatIOException()
                .isThrownBy(() -> ControlRequest.decode(message(body == null ? "" : body, Map.of())))
                .withMessageContaining(reason);
    }

    @Test
    void aTimeThatWouldEndTheReceiversClockIsRefused() {
        for (var time : List.of(Long.MAX_VALUE, -1L, "5", 1.5)) {
            assertThatIOException()
                    .isThrownBy(() -> ControlRequest.decode(message("{\"method\":\"ping\"}", Map.of("clock", time))))
                    .withMessage("header clock must be a logical time, a whole number from 0 to 2^62");
        }
    }

    private static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static WireMessage message(String body, Map<String, @Nullable Object> headers) {
        return new WireMessage(
                WireProperties.json(WireProperties.TRANSIENT, headers), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(WireMessage message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }
}
