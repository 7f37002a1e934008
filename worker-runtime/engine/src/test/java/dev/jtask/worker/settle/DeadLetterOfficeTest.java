package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterOfficeTest {

    private static final byte[] BODY = {1, 2, 3};
    private static final Effect.DeadLetter WHY = new Effect.DeadLetter("too large", 3, "java.io.IOException: no disk");

    @Test
    void hidesInItsHeadersWhatIsNotShownOfTheArguments() {
        var why = new Effect.DeadLetter("no", 1, null, new Effect.Shown("('<redacted>',)", "{}"));
        var letter = DeadLetterOffice.letter(delivery("c", Map.of("argsrepr", "('h4nter2',)")), why);

        assertThat(letter.properties().headers())
                .containsEntry("argsrepr", "('<redacted>',)")
                .doesNotContainKey("kwargsrepr");
        assertThat(letter.body()).isEqualTo(BODY);
    }

    @Test
    void writesTheMessageAsItCameWithWhatHasBecomeOfIt() {
        var letter = DeadLetterOffice.letter(delivery("c", Map.of("id", "a", "mine", List.of(1))), WHY);

        assertThat(letter.body()).isEqualTo(BODY);
        assertThat(letter.properties().headers())
                .isEqualTo(Map.of(
                        "id",
                        "a",
                        "mine",
                        List.of(1),
                        "x-jtask-reason",
                        "too large",
                        "x-jtask-queue",
                        "q",
                        "x-jtask-attempt",
                        3,
                        "x-jtask-exception",
                        "java.io.IOException: no disk"));
        assertThat(letter.properties().correlationId()).isEqualTo("c");
        assertThat(letter.properties().replyTo()).isEqualTo("replies");
        assertThat(letter.properties().others().messageId()).isEqualTo("m");
    }

    @Test
    void leavesOutWhatTheBrokerWouldTakeForACycleOrAForgeryOrATimeToLive() {
        var letter = DeadLetterOffice.letter(delivery("c", Map.of("x-death", List.of())), WHY);

        assertThat(letter.properties().headers()).doesNotContainKey("x-death");
        assertThat(letter.properties().others().userId()).isNull();
        assertThat(letter.properties().expiration()).isNull();
    }

    @Test
    void namesNoExceptionWhereNoneWasThrown() {
        assertThat(DeadLetterOffice.letter(delivery("c", Map.of()), Effects.letter("why"))
                        .properties()
                        .headers())
                .doesNotContainKey("x-jtask-exception");
    }

    @Test
    void cutsReasonsThatNobodyReads() {
        var letter = DeadLetterOffice.letter(delivery("c", Map.of()), Effects.letter("x".repeat(100_000)));

        assertThat(letter.properties().headers().get("x-jtask-reason"))
                .asString()
                .hasSize(1_001)
                .endsWith("…");
    }

    @Test
    void cutsNoCharacterInHalves() {
        var letter = DeadLetterOffice.letter(delivery("c", Map.of()), Effects.letter("x" + "😀".repeat(1_000)));

        assertThat(letter.properties().headers().get("x-jtask-reason"))
                .asString()
                .endsWith("😀…");
    }

    @Test
    void writesAMinimalLetterOfWhatSaysWhoseItIs() {
        var letter = DeadLetterOffice.minimal(
                delivery(
                        "c",
                        Map.of(
                                "id",
                                "a",
                                "task",
                                "t".repeat(5_000),
                                "retries",
                                2,
                                "root_id",
                                List.of("no text"),
                                "mine",
                                "x".repeat(200_000))),
                WHY);

        assertThat(letter.body()).isEqualTo(BODY);
        assertThat(letter.properties().headers())
                .containsOnlyKeys(
                        "id",
                        "task",
                        "retries",
                        "root_id",
                        "x-jtask-reason",
                        "x-jtask-queue",
                        "x-jtask-attempt",
                        "x-jtask-exception")
                .containsEntry("id", "a")
                .containsEntry("retries", 2)
                .containsEntry("root_id", null);
        assertThat(letter.properties().headers().get("task")).asString().hasSize(1_001);
        assertThat(letter.properties().deliveryMode()).isEqualTo(WireProperties.PERSISTENT);
        assertThat(letter.properties().others()).isEqualTo(WireProperties.Others.NONE);
    }

    @Test
    void theMinimalLetterHasOnlyPropertiesThatAmqpCanCarry() {
        // what is no UTF-8 is read as U+FFFD, which has three bytes
        var broken = "\uFFFD".repeat(100);

        assertThat(DeadLetterOffice.minimal(delivery(broken, Map.of()), WHY)
                        .properties()
                        .correlationId())
                .isNull();
        var longest = "x".repeat(255);
        assertThat(DeadLetterOffice.minimal(delivery(longest, Map.of()), WHY)
                        .properties()
                        .correlationId())
                .isEqualTo(longest);
        assertThat(DeadLetterOffice.minimal(delivery(longest + "x", Map.of()), WHY)
                        .properties()
                        .correlationId())
                .isNull();
    }

    private static Delivery delivery(String correlationId, Map<String, Object> headers) {
        Map<String, @Nullable Object> all = new HashMap<>(headers);
        var properties = new WireProperties(
                "application/json",
                StandardCharsets.UTF_8.name(),
                correlationId,
                "replies",
                WireProperties.TRANSIENT,
                0,
                "60000",
                all,
                new WireProperties.Others("m", Instant.EPOCH, null, "somebody", "app"));
        return Given.delivery(new WireMessage(properties, BODY), new FakeReceipt());
    }
}
