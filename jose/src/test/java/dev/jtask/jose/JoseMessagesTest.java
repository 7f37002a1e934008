package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.message.DecodeResult.Decoded;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.seal.SealException;
import dev.jtask.seal.SealProvider.Role;
import dev.jtask.seal.SealedTasks;
import dev.jtask.seal.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoseMessagesTest {

    private static final String CARD = "4111-1111";
    private static final Map<String, Long> WAITS = Map.of("approval", 1_800_000_000_000L);

    private final Keys keys = Given.keys(Given.secret("enc"), Given.ed25519("sig", Given.PRIVATE));
    private final JoseMessages sender = of(keys, Role.SENDER, Signatures.OFF);
    private final JoseMessages worker = of(keys, Role.WORKER, Signatures.REQUIRE);

    @Test
    void aSenderEncryptsAndSignsWhatItCanAndTheWorkerReadsIt() {
        var sent = sender.close(Given.message("1"));

        assertThat(text(sent)).doesNotContain(CARD, "card");
        assertThat(sent.properties().headers().toString()).doesNotContain(CARD, "card");
        assertThat(sent.properties().headers())
                .containsEntry("argsrepr", "<encrypted>")
                .containsEntry("id", "1");
        assertThat(SealedTasks.decode(sent, worker)).isInstanceOfSatisfying(Decoded.class, read -> {
            assertThat(read.task().kwargs().path("card").asText()).isEqualTo(CARD);
            assertThat(read.task().isSecret()).isTrue();
            assertThat(read.task().customHeaders())
                    .containsEntry(JtaskHeaders.PROTECTION, "encrypted signed")
                    .doesNotContainKey(JtaskHeaders.SIGNATURE);
        });
    }

    @Test
    void aWorkerProtectsAsTheMessageThatItGoesOnFrom() throws SealException {
        var follows = Map.<String, @Nullable Object>of(JtaskHeaders.PROTECTION, "encrypted signed");
        var next = worker.close(Given.message(TaskMessage.builder("2", "t.mail").customHeaders(follows)));

        assertThat(text(next)).doesNotContain(CARD);
        assertThat(text(worker.open(next))).contains(CARD);
        var plain = Given.message("3");
        assertThat(worker.close(plain)).isSameAs(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"exp\": ", "\"nbf\": 1"})
    void aKeyThatIsNotGoodNowIsNoLeaveToSendInClear(String time) {
        var at = ", " + time + (Given.NOON.getEpochSecond() - 1);
        for (var key : List.of(Given.shared("k", "\"use\": \"enc\"" + at), Given.ed25519("k", Given.PRIVATE + at))) {
            var sender = of(Given.keys(key), Role.SENDER, Signatures.OFF);

            assertThatThrownBy(() -> sender.close(Given.message("1")))
                    .as(key)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("keys file test has no key for it now");
        }
    }

    @Test
    void whatFollowsASignedTaskIsNotSentUnsignedWhenTheKeyHasEnded() {
        var ended = ", \"exp\": " + (Given.NOON.getEpochSecond() - 1);
        var late = of(Given.keys(Given.ed25519("sig", Given.PRIVATE + ended)), Role.WORKER, Signatures.REQUIRE);
        var follows = Map.<String, @Nullable Object>of(JtaskHeaders.PROTECTION, "signed");
        var next = Given.message(TaskMessage.builder("2", "t.mail").customHeaders(follows));

        assertThatThrownBy(() -> late.close(next)).hasMessageContaining("has no key for it now");
    }

    @Test
    void aSenderLeavesAMessageAsItIsWhereThatIsWished() {
        var none = Map.<String, @Nullable Object>of(JtaskHeaders.PROTECTION, "none");
        var message = Given.message(TaskMessage.builder("2", "t.mail").customHeaders(none));

        assertThat(sender.close(message)).isSameAs(message);
    }

    @Test
    void whatNothingProtectsCostsNothing() throws SealException {
        var lenient = of(keys, Role.WORKER, Signatures.OFF);
        var plain = Given.message("1");

        assertThat(lenient.open(plain)).isSameAs(plain);
    }

    @Test
    void whatAMessageSaysOfItselfIsNotBelieved() throws SealException {
        var warning = of(keys, Role.WORKER, Signatures.WARN);
        var claims = with(Given.message("1"), JtaskHeaders.PROTECTION, "signed auth");

        assertThat(warning.open(claims).properties().headers()).containsEntry(JtaskHeaders.PROTECTION, "none");
    }

    @Test
    void neitherAnUnsignedMessageNorOneOfTheOldProtocolIsRun() {
        var old = "{\"task\": \"t.pay\", \"id\": \"1\", \"args\": [], \"kwargs\": {}}".getBytes(StandardCharsets.UTF_8);
        var v1 = new WireMessage(Given.message("1").properties().withHeaders(Map.of()), old);

        assertThat(SealedTasks.decode(Given.message("1"), worker)).isEqualTo(unanswered());
        assertThat(SealedTasks.decode(v1, worker)).isEqualTo(unanswered());
    }

    @Test
    void aMessageOfAnUnknownKeyIsAnsweredAndShowsNothing() {
        var other = of(
                Given.keys(Given.secret("other"), Given.ed25519("sig", Given.PRIVATE)),
                Role.WORKER,
                Signatures.REQUIRE);

        assertThat(SealedTasks.decode(sender.close(Given.message("1")), other))
                .isInstanceOfSatisfying(Malformed.class, refused -> {
                    assertThat(refused.reason())
                            .isEqualTo(
                                    "task t.pay 1 is encrypted with key 'enc', which keys file test does not have; add it there");
                    assertThat(refused.replyTo()).isEqualTo("replies");
                });
    }

    @Test
    void whatIsTooLargeToBeReadIsNotOpenedEither() {
        var sent = sender.close(Given.message("1"));
        var large = new WireMessage(sent.properties(), new byte[Limits.BODY_BYTES + 1]);
        var lenient = of(keys, Role.WORKER, Signatures.OFF);

        assertThat(SealedTasks.decode(large, lenient)).isInstanceOfSatisfying(Malformed.class, refused -> {
            assertThat(refused.reason()).contains("of which at most");
            assertThat(refused.replyTo()).isEqualTo("replies");
        });
        assertThat(SealedTasks.decode(large, worker)).isInstanceOfSatisfying(Malformed.class, refused -> {
            assertThat(refused.reason()).contains("of which at most");
            assertThat(refused.replyTo()).as("nobody vouches for it").isNull();
        });
    }

    @Test
    void theArgumentsOfOneTaskDoNotRunAnother() {
        var sent =
                of(Given.keys(Given.secret("enc")), Role.SENDER, Signatures.OFF).close(Given.message("1"));
        var lenient = of(keys, Role.WORKER, Signatures.OFF);

        assertThat(SealedTasks.decode(with(sent, "task", "t.print"), lenient))
                .isInstanceOfSatisfying(
                        Malformed.class, refused -> assertThat(refused.reason()).contains("part of something else"));
    }

    @Test
    void whatIsWrongInsideIsNotShown() {
        var lenient = of(keys, Role.WORKER, Signatures.OFF);
        var broken = new WireMessage(
                Given.message("1").properties(), ("[" + CARD + ", s3cr3t").getBytes(StandardCharsets.UTF_8));

        assertThat(SealedTasks.decode(sender.close(broken), lenient))
                .isInstanceOfSatisfying(
                        Malformed.class, refused -> assertThat(refused.reason()).doesNotContain("4111", "s3cr3t"));
    }

    @Test
    void whatComesFromTheDeadLettersIsSignedAnew() throws SealException {
        var sent = sender.close(Given.message(TaskMessage.builder("1", "t.pay").retries(3)));
        var changed = with(sent, "retries", 0);
        worker.used(sent);

        assertThatThrownBy(() -> worker.open(changed)).isInstanceOf(SealException.class);
        var renewed = sender.renew(with(sent, JtaskHeaders.REASON, "it failed"), changed);
        assertThat(text(worker.open(renewed))).contains(CARD);
    }

    @Test
    void aForgeryDoesNotGetAGoodSignatureThere() {
        var forged = with(with(Given.message("1"), JtaskHeaders.SIGNATURE, "e30..AAAA"), "retries", 3);
        var changed = with(forged, "retries", 0);

        assertThat(sender.renew(forged, changed)).isSameAs(changed);
        assertThat(sender.renew(Given.message("1"), changed)).isSameAs(changed);
    }

    @Test
    void aTaskThatIsPutDownIsSignedWithWhatItWaitsFor() throws SealException {
        var sent = sender.close(Given.message("1"));
        var parked = worker.renew(sent, with(sent, JtaskHeaders.SIGNALS, WAITS));

        assertThat(worker.open(parked).properties().headers()).containsEntry(JtaskHeaders.SIGNALS, WAITS);
        var forged = with(parked, JtaskHeaders.SIGNALS, Map.of("approval", -1L));
        assertThatThrownBy(() -> worker.open(forged)).hasMessageContaining("the message was changed");
        var again = with(worker.renew(parked, parked), JtaskHeaders.REDELIVERIES, 1);
        assertThat(worker.open(again).properties().headers()).containsEntry(JtaskHeaders.SIGNALS, WAITS);

        worker.used(again);
        for (var copy : new WireMessage[] {sent, parked, again}) {
            assertThatThrownBy(() -> worker.open(copy)).hasMessageContaining("has run here already");
        }
    }

    @Test
    void whatSomebodyElseHasNotedOfItsWaitsIsNotBelieved() throws SealException {
        var forged = with(sender.close(Given.message("1")), JtaskHeaders.SIGNALS, WAITS);

        var open = worker.open(forged);
        assertThat(open.properties().headers())
                .doesNotContainKey(JtaskHeaders.SIGNALS)
                .containsEntry(JtaskHeaders.PROTECTION, "encrypted signed");
        assertThat(text(open)).contains(CARD);
        // who could not have signed it may have noted it
        var lenient =
                of(Given.keys(Given.secret("enc"), Given.ed25519("sig", Given.PUBLIC)), Role.WORKER, Signatures.WARN);
        assertThat(lenient.open(forged).properties().headers()).containsEntry(JtaskHeaders.SIGNALS, WAITS);
        assertThat(lenient.renew(forged, forged)).isSameAs(forged);
    }

    @Test
    void whatComesFromTheDeadLettersWaitsForNothing() throws SealException {
        var sent = sender.close(Given.message("1"));
        var parked = worker.renew(sent, with(sent, JtaskHeaders.SIGNALS, WAITS));
        worker.used(parked);

        assertThat(worker.open(sender.renew(parked, sent)).properties().headers())
                .doesNotContainKey(JtaskHeaders.SIGNALS);
    }

    @Test
    void resultsAreNotAskedForSignatures() throws SealException {
        var client = of(keys, Role.SENDER, Signatures.REQUIRE);
        var result = new WireMessage(Given.message("1").properties().withHeaders(Map.of()), new byte[] {'{', '}'});

        assertThat(client.open(result)).isSameAs(result);
        assertThat(client.close(result)).isSameAs(result);
    }

    private static Malformed unanswered() {
        return new Malformed(
                "the message is not signed, and this worker runs none that is not", null, null, null, null);
    }

    private static JoseMessages of(Keys keys, Role role, Signatures policy) {
        var clock = Given.at(Given.NOON);
        var signing = new Signing(keys, clock);
        return new JoseMessages(
                new Encryption(keys, clock),
                signing,
                new Vouching(signing, policy, Duration.ofHours(1), clock),
                null,
                role);
    }

    private static WireMessage with(WireMessage message, String header, Object value) {
        Map<String, @Nullable Object> headers =
                new LinkedHashMap<>(message.properties().headers());
        headers.put(header, value);
        return new WireMessage(message.properties().withHeaders(headers), message.body());
    }

    private static String text(WireMessage message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }
}
