package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.SealException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {

    private static final WireMessage MESSAGE =
            Given.message(TaskMessage.builder("1", "t.pay").customHeaders(Map.of("tenant", "a", "x-floor", 3)));

    private final Signing signing = of(Given.ed25519("a", Given.PRIVATE));

    @Test
    void thePublicHalfIsEnoughToCheck() throws SealException {
        var signature = signing.sign(MESSAGE);
        var signed = of(Given.ed25519("a", Given.PUBLIC)).verify(MESSAGE, signature);

        assertThat(signed.at()).isEqualTo(Given.NOON);
        assertThat(signed.nonce()).isEqualTo(Signing.nonce(signature));
    }

    @Test
    void everySignatureHasItsOwnNonce() {
        assertThat(Signing.nonce(signing.sign(MESSAGE))).isNotNull().isNotEqualTo(Signing.nonce(signing.sign(MESSAGE)));
        assertThat(Signing.nonce("nonsense")).isNull();
        assertThat(Signing.nonce(4)).isNull();
    }

    @Test
    void ed25519IsThatOfTheStandard() throws Exception {
        // RFC 8037, A.4
        var jws = JWSObject.parse("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

        assertThat(jws.verify(Given.ring(Given.ed25519("a", Given.PUBLIC))
                        .verifying("a")
                        .orElseThrow()
                        .verifier()))
                .isTrue();
    }

    @Test
    void anHmacIsCheckedByWhoeverHasIt() throws SealException {
        var shared = of(Given.hmac("s"));

        assertThat(shared.verify(MESSAGE, shared.sign(MESSAGE)).at()).isEqualTo(Given.NOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task",
                "id",
                "eta",
                "expires",
                "retries",
                "timelimit",
                "root_id",
                "group",
                "tenant",
                "x-floor",
                "extra"
            })
    void noHeaderThatMattersIsChanged(String header) {
        refuses(with(header, "other"), "the message was changed");
    }

    @Test
    void neitherAreBodyReplyQueueNorContentType() {
        refuses(new WireMessage(MESSAGE.properties(), "[[],{},{}]".getBytes(StandardCharsets.UTF_8)), "changed");
        refuses(new WireMessage(MESSAGE.properties().withContent("text/plain", "utf-8"), MESSAGE.body()), "changed");
        refuses(
                new WireMessage(MESSAGE.properties().withCorrelationId("other"), MESSAGE.body()),
                "the message was changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JtaskHeaders.REDELIVERIES,
                JtaskHeaders.REASON,
                JtaskHeaders.SIGNATURE,
                "x-death",
                "x-delivery-count",
                "x-first-death-queue",
                "x-opt-deliver-by",
                "BCC",
                "traceparent",
                "tracestate",
                "X-B3-TraceId",
                "x-datadog-trace-id"
            })
    void whatIsNotedOnTheWayChangesNothing(String header) throws SealException {
        assertThat(signing.verify(with(header, "noted"), signing.sign(MESSAGE)).at())
                .isEqualTo(Given.NOON);
    }

    @Test
    void whatATaskWaitsForIsSignedOnceAWorkerHasNotedIt() throws SealException {
        var waiting = with(JtaskHeaders.SIGNALS, Map.of("approval", 7L, "payment", -1L));
        var signature = signing.sign(waiting);

        assertThat(signing.verify(with(JtaskHeaders.SIGNALS, Map.of("payment", -1, "approval", 7)), signature))
                .isEqualTo(new Signing.Signed(Given.NOON, String.valueOf(Signing.nonce(signature)), true));
        for (var forged : new WireMessage[] {MESSAGE, with(JtaskHeaders.SIGNALS, Map.of("approval", -1))}) {
            assertThatThrownBy(() -> signing.verify(forged, signature)).hasMessageContaining("the message was changed");
        }
        assertThat(signing.verify(waiting, signing.sign(MESSAGE)).waits())
                .as("noted by somebody else")
                .isFalse();
    }

    @Test
    void whatAmqpChangesChangesNothing() throws SealException {
        Map<String, @Nullable Object> sent =
                new LinkedHashMap<>(MESSAGE.properties().headers());
        sent.put("table", Map.of("a", 1, "b", 2L));
        sent.put("list", List.of(1, 2.5));
        sent.put("nothing", null);
        Map<String, @Nullable Object> received = new LinkedHashMap<>();
        received.put("nothing", null);
        received.put("list", List.of(1L, 2.50));
        received.put("table", new LinkedHashMap<>(Map.of("b", (short) 2, "a", 1L)));
        MESSAGE.properties().headers().forEach(received::put);
        received.put("retries", 0L);

        assertThat(signing.verify(headers(received), signing.sign(headers(sent)))
                        .at())
                .isEqualTo(Given.NOON);
        received.put("list", List.of("1", 2.5));
        assertThatThrownBy(() -> signing.verify(headers(received), signing.sign(headers(sent))))
                .isInstanceOf(SealException.class);
    }

    @Test
    void aKeyThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> of(Given.hmac("b")).verify(MESSAGE, signing.sign(MESSAGE)))
                .hasMessageContaining("signed with key 'a', which keys file test does not have");
    }

    @Test
    void aSharedKeyDoesNotCheckWhatSaysItIsOfAPair() {
        assertThatThrownBy(() -> of(Given.hmac("a")).verify(MESSAGE, signing.sign(MESSAGE)))
                .hasMessageContaining("signed by EdDSA, which key 'a' for signatures is not for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a..b", "..", "eyJhbGciOiJub25lIn0..", "eyJhbGciOiJIUzI1NiJ9..AAAA"})
    void whatIsNoSignatureIsRefused(String signature) {
        assertThatThrownBy(() -> signing.verify(MESSAGE, signature)).isInstanceOf(SealException.class);
    }

    private void refuses(WireMessage changed, String why) {
        assertThatThrownBy(() -> signing.verify(changed, signing.sign(MESSAGE)))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(((SealException) e).sender()).isEqualTo(SealException.Sender.UNKNOWN));
    }

    private static WireMessage with(String header, Object value) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(MESSAGE.properties().headers());
        headers.put(header, value);
        return headers(headers);
    }

    private static WireMessage headers(Map<String, @Nullable Object> headers) {
        return new WireMessage(MESSAGE.properties().withHeaders(headers), MESSAGE.body());
    }

    private static Signing of(String... keys) {
        return new Signing(Given.keys(keys), Given.at(Given.NOON));
    }
}
