package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.control.Audience;
import dev.jtask.protocol.control.ControlRequest;
import dev.jtask.protocol.control.ControlRequest.ReturnAddress;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.protocol.topology.Pidbox;
import dev.jtask.worker.celery.events.LamportClock;
import dev.jtask.worker.options.RemoteAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final List<String> done = new ArrayList<>();
    private final LamportClock lamport = new LamportClock();
    private final SentReplies replies = new SentReplies();
    private final Reception reception = new Reception(
            Samples.NODE,
            new Dispatcher(RemoteAccess.FULL, line -> {})
                    .with(Map.of(
                            "ping",
                            Command.question(arguments -> {
                                done.add("ping");
                                return Answers.ok("pong");
                            }),
                            "much",
                            Command.question(arguments -> TextNode.valueOf("x".repeat(9 * MEGABYTE))))),
            lamport);

    @Test
    void repliesToWhoAsked() {
        ask(Audience.everyone(), new ReturnAddress("key", "ticket", null));
        assertThat(replies.routes).containsExactly(Pidbox.toSender("key"));
        var reply = replies.replies.getFirst();
        assertThat(reply.node()).isEqualTo(Samples.NODE);
        assertThat(reply.value()).isEqualTo(Answers.ok("pong"));
        assertThat(reply.ticket()).isEqualTo("ticket");
        assertThat(reply.clock()).isGreaterThan(7).isEqualTo(lamport.now());
    }

    @Test
    void runsWhatNobodyWaitsFor() {
        ask(Audience.everyone(), null);
        assertThat(done).hasSize(1);
        assertThat(replies.replies).isEmpty();
    }

    @Test
    void leavesWhatIsForOthersAlone() {
        ask(Audience.of(List.of("other@x")), new ReturnAddress("key", "ticket", null));
        assertThat(done).isEmpty();
        ask(Audience.of(List.of("other@x", Samples.NODE)), new ReturnAddress("key", "ticket", null));
        assertThat(done).hasSize(1);
        assertThat(lamport.now()).as("time passes all the same").isGreaterThan(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "[]",
                "{}",
                "{'method': 5}",
                "{'method': 'ping', 'arguments': []}",
                "{'method': 'ping', 'matcher': 'pcre', 'pattern': '('}",
                "{'method': 'ping', 'ticket': 't', 'reply_to': {'exchange': '', 'routing_key': 'orders'}}",
                "{'method': 'ping', 'ticket': 't', 'reply_to': {'exchange': 'amq.topic', 'routing_key': 'x'}}"
            })
    void ignoresWhatIsNoRequest(String body) {
        receive(body.replace('\'', '"'));
        assertThat(done).isEmpty();
        assertThat(replies.replies).isEmpty();
    }

    @Test
    void ignoresWhatIsDeepOrLong() {
        receive("{\"method\":\"ping\",\"arguments\":{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}");
        receive("{\"method\":\"ping\",\"arguments\":{\"a\":\"" + "x".repeat(9 * MEGABYTE) + "\"}}");
        assertThat(done).isEmpty();
    }

    @Test
    void saysSoWhenTheReplyIsLongerThanAMessage() {
        reception.receive(Samples.request("much", "{}").encode(), replies);
        assertThat(replies.replies.getFirst().value().path("error").textValue()).startsWith("the answer has ");
    }

    private void ask(Audience audience, @Nullable ReturnAddress returnTo) {
        reception.receive(new ControlRequest("ping", Samples.json("{}"), audience, returnTo, 7).encode(), replies);
    }

    private void receive(String body) {
        reception.receive(
                new WireMessage(
                        WireProperties.json(WireProperties.TRANSIENT, Map.of()), body.getBytes(StandardCharsets.UTF_8)),
                replies);
    }
}
