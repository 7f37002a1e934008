package dev.jtask.task.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.TimeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskRequestTest {

    private static final Instant LATER = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void everyOptionIsInTheMessage() {
        var message = TaskRequest.of("t.add", 1, List.of("a"))
                .kwarg("b", null)
                .eta(LATER)
                .expires(LATER.plusSeconds(60))
                .timeLimits(Duration.ofMillis(1500), Duration.ofSeconds(3))
                .priority(7)
                .ignoringResult()
                .header("shop", "blue")
                .link(TaskRequest.of("t.next"))
                .errorLink(TaskRequest.of("t.undo"))
                .message("id")
                .build();

        assertThat(message.args()).hasToString("[1,[\"a\"]]");
        assertThat(message.kwargs()).hasToString("{\"b\":null}");
        assertThat(message.eta()).isEqualTo(LATER);
        assertThat(message.expires()).isEqualTo(LATER.plusSeconds(60));
        assertThat(message.timeLimits()).isEqualTo(new TimeLimits(3.0, 1.5));
        assertThat(message.priority()).isEqualTo(7);
        assertThat(message.ignoreResult()).isTrue();
        assertThat(message.customHeaders()).isEqualTo(Map.of("shop", "blue"));
        assertThat(message.embed().callbacks().findValuesAsText("task")).containsExactly("t.next");
        assertThat(message.embed().errbacks().findValuesAsText("task")).containsExactly("t.undo");
    }

    @Test
    void aSignatureHasCelerysShape() {
        var signature = Signatures.of(TaskRequest.of("t.add", 1)
                .complete()
                .queue("here")
                .timeLimits(null, Duration.ofSeconds(3))
                .header("attempts", 2));

        assertThat(signature.json()).hasToString("""
                {"task":"t.add","args":[1],"kwargs":{},\
                "options":{"queue":"here","time_limit":3.0,"headers":{"attempts":2}},\
                "subtask_type":null,"immutable":true}""");
    }

    @Test
    void aRouteThroughAnExchangeIsInTheSignature() {
        var signature = Signatures.of(TaskRequest.of("t.add").route("orders", "eu.new"));

        assertThat(signature.options()).hasToString("{\"exchange\":\"orders\",\"routing_key\":\"eu.new\"}");
    }

    @Test
    void delaysAreCountedFromEachSending() {
        var request = TaskRequest.of("t.add").countdown(Duration.ofHours(1)).expires(Duration.ofHours(2));
        var before = Instant.now();
        var message = request.message("id").build();

        assertThat(message.eta())
                .isBetween(before.plusSeconds(3600), Instant.now().plusSeconds(3600));
        assertThat(message.expires())
                .isBetween(before.plusSeconds(7200), Instant.now().plusSeconds(7200));
        assertThat(Signatures.of(request).options()).hasToString("{\"countdown\":3600.0,\"expires\":7200.0}");
        assertThatThrownBy(() -> request.countdown(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
    }

    /// Each of them would be confirmed by the broker, and be put to the dead letters by every worker.
    @Test
    void whatEveryWorkerRefusesIsRefusedHere() {
        var request = TaskRequest.of("t.any");

        assertThatThrownBy(() -> TaskRequest.of("\u00e9".repeat(128))).hasMessageContaining("255 bytes at most");
        assertThat(TaskRequest.of("x".repeat(255)).task()).hasSize(255);
        assertThatThrownBy(() -> request.timeLimits(Duration.ofSeconds(-1), null))
                .hasMessageContaining("a soft time limit is 0 seconds to a hundred years, not -1.0");
        for (var long_ : List.of(Duration.ofDays(36_526), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatThrownBy(() -> request.timeLimits(null, long_)).hasMessageContaining("a hundred years at most");
            assertThatThrownBy(() -> request.countdown(long_)).hasMessageContaining("a hundred years or less");
            assertThatThrownBy(() -> request.expires(long_)).hasMessageContaining("a hundred years or less");
        }
        for (var time : List.of(Instant.MAX, Instant.parse("+10000-01-01T00:00:00Z"), Instant.MIN)) {
            assertThatThrownBy(() -> request.eta(time)).hasMessageContaining("years 1 to 9999");
            assertThatThrownBy(() -> request.expires(time)).hasMessageContaining("years 1 to 9999");
        }
        assertThatThrownBy(() -> request.message("").build()).hasMessageContaining("needs an id");
        assertThatThrownBy(() -> request.message("x".repeat(256)).build())
                .hasMessageContaining("longer than 255 bytes");
    }

    @Test
    @SuppressWarnings("NullAway") // what Java's varargs make of a lone null
    void aLoneNullIsAnArgument() {
        assertThat(TaskRequest.of("t.any", (Object[]) null)
                        .message("id")
                        .build()
                        .args())
                .hasToString("[null]");
    }

    @Test
    void aHeaderThatAmqpCannotCarryIsNamed() {
        var request = TaskRequest.of("t.any").header("tags", List.of("a", Map.of("b", 1)));

        assertThatThrownBy(() -> request.header("since", List.of(LATER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header 'since'");
    }

    @Test
    void anIdempotencyKeyGoesWithTheMessageAndWithTheSignature() {
        var request = TaskRequest.of("t.pay").idempotencyKey("order-7", Duration.ofMinutes(5));
        var headers = Map.of("x-jtask-idempotency-key", "order-7", "x-jtask-idempotency-window", 300L);

        assertThat(request.message("id").build().customHeaders()).isEqualTo(headers);
        assertThat(Signatures.of(request).options()).hasToString("""
                {"headers":{"x-jtask-idempotency-key":"order-7","x-jtask-idempotency-window":300}}""");
        assertThatThrownBy(() -> request.idempotencyKey(" ", Duration.ofMinutes(5)))
                .hasMessageContaining("1 to 250 characters");
        assertThatThrownBy(() -> request.idempotencyKey("order-7", Duration.ofMillis(5)))
                .hasMessageContaining("at least a second");
        assertThatThrownBy(() -> request.idempotencyKey("order-7", Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageContaining("a hundred years at most");
    }

    @Test
    void retriesOfAPublishHaveBounds() {
        assertThatThrownBy(() -> new PublishRetry(-1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("must not be negative");
        var forEver = Duration.ofSeconds(Long.MAX_VALUE);
        assertThatThrownBy(() -> new PublishRetry(1, forEver, Duration.ZERO))
                .hasMessageContaining("a hundred years at most");
        assertThatThrownBy(() -> new PublishRetry(1, Duration.ZERO, forEver))
                .hasMessageContaining("a hundred years at most");
    }

    @Test
    void refusesAHeaderThatEndsTheConnectionOfWhoeverSendsIt() {
        var request = TaskRequest.of("t.any");
        for (var number : List.of(Double.NaN, Double.NEGATIVE_INFINITY, Float.NaN, Float.POSITIVE_INFINITY)) {
            assertThatThrownBy(() -> request.header("score", List.of(number)))
                    .hasMessageContaining("header 'score'")
                    .hasMessageContaining("a finite number");
        }
    }

    @Test
    void anArgumentThatIsNoJsonIsNamedWithItsTask() {
        var byPlace = TaskRequest.of("mail.send", 1, new Object());
        var byName = TaskRequest.of("mail.send").kwarg("to", new Object());

        assertThatThrownBy(() -> byPlace.message("id"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "task 'mail.send': its argument 2, a java.lang.Object, cannot be written as JSON");
        assertThatThrownBy(() -> byName.message("id")).hasMessageContaining("its argument 'to'");
    }
}
