package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.CompressionMethod;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.MessageSeal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WayBackTest {

    private static final Instant NOW = Instant.parse("2026-11-26T15:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final List<String> asked = new ArrayList<>();
    private final WayBack wayBack = new WayBack(new NotingSeal(), CLOCK);

    /// Writes down what it is asked for; each close signs, and a renewal of what was signed does.
    private final class NotingSeal implements MessageSeal {

        @Override
        public WireMessage close(WireMessage message) {
            asked.add("close");
            return with(message, "x-jtask-signature", "new");
        }

        @Override
        public WireMessage open(WireMessage message) {
            asked.add("open");
            return message;
        }

        @Override
        public WireMessage renew(WireMessage received, WireMessage changed) {
            asked.add("renew");
            return received.properties().headers().containsKey("x-jtask-signature")
                    ? with(changed, "x-jtask-signature", "renewed")
                    : changed;
        }

        @Override
        public void used(WireMessage received) {
            throw new AssertionError("nothing has run");
        }
    }

    @Test
    void whatIsChangedIsProtectedAnew() {
        var signed = with(message(Map.of()), "x-jtask-signature", "old");

        var going = wayBack.edited(letter(signed), edit -> edit.withArgs(2));

        assertThat(asked).containsExactly("open", "close", "renew");
        assertThat(headers(going)).containsEntry("x-jtask-signature", "renewed");
    }

    @Test
    void whatNobodyHasSignedWellIsNotSignedForItsChange() {
        var going = wayBack.edited(letter(message(Map.of())), edit -> edit.withArgs(2));

        assertThat(headers(going)).doesNotContainKey("x-jtask-signature");
    }

    @Test
    void whatIsNotChangedIsNotRead() {
        var going = wayBack.asItWas(letter(message(Map.of("x-jtask-reason", "poison"))));

        assertThat(asked).containsExactly("renew");
        assertThat(headers(going)).doesNotContainKey("x-jtask-reason").containsEntry("retries", 0);
    }

    @Test
    void aCompressedOneStaysCompressed() {
        var method = CompressionMethod.ZLIB;
        var message = message(Map.of("compression", method.contentType()));

        var going = wayBack.edited(letter(message), edit -> edit.withArgs("x".repeat(10_000)));

        assertThat(going.message().body()).hasSizeLessThan(1_000);
        assertThat(TaskCodec.decode(going.message()))
                .isInstanceOfSatisfying(
                        DecodeResult.Decoded.class,
                        decoded -> assertThat(decoded.task().args().get(0).asText())
                                .hasSize(10_000));
    }

    @Test
    void wordsInPlaceOfArgumentsStayWhereTheArgumentsDo() {
        var message = with(message(Map.of()), "argsrepr", "('****',)");

        assertThat(headers(wayBack.edited(letter(message), edit -> edit.withQueue("other"))))
                .containsEntry("argsrepr", "('****',)");
        assertThat(headers(wayBack.edited(letter(message), edit -> edit.withArgs(7))))
                .containsEntry("argsrepr", "(7,)");
    }

    private static Map<String, @Nullable Object> headers(WayBack.Going going) {
        return going.message().properties().headers();
    }

    private static DeadLetter letter(WireMessage message) {
        return new DeadLetter("a", "t.any", "poison", "q", 3, null, message);
    }

    private static WireMessage message(Map<String, @Nullable Object> headers) {
        return TaskCodec.encode(
                TaskMessage.builder("a", "t.any")
                        .retries(2)
                        .customHeaders(headers)
                        .build(),
                NOW);
    }

    private static WireMessage with(WireMessage message, String header, String value) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        headers.put(header, value);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }
}
