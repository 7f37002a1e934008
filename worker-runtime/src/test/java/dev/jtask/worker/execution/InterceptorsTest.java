package dev.jtask.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.worker.registry.RateLimit;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InterceptorsTest {

    private static final Outcome RUN = new Outcome.Succeeded(NullNode.instance);

    private final SettableClock clock = new SettableClock();
    private final TaskDefinition task = TaskDefinition.of("t.x", (args, kwargs, context) -> null);

    @Test
    void revokedTasksAreNotRun() {
        var revocations = new Revocations(clock);
        assertThat(around(revocations, message("a"))).isEqualTo(RUN);
        revocations.add(List.of("a"));
        assertThat(around(revocations, message("a"))).isEqualTo(new Outcome.Revoked("revoked"));
        assertThat(around(revocations, message("b"))).isEqualTo(RUN);
    }

    @Test
    void revocationsAreForgottenAfterThreeHours() {
        var revocations = new Revocations(clock);
        revocations.add(List.of("a"));
        clock.pass(Duration.ofHours(4));
        revocations.add(List.of("b"));
        assertThat(revocations.all()).containsOnlyKeys("b");
    }

    @Test
    void anEtaPostponesAndAnExpiryRevokes() {
        var timeliness = new Timeliness(clock);
        var early = message("a").toBuilder().eta(clock.instant().plusSeconds(5)).build();
        assertThat(around(timeliness, early)).isEqualTo(new Outcome.Postponed(Duration.ofSeconds(5)));
        var late = message("a").toBuilder()
                .expires(clock.instant().minusSeconds(1))
                .build();
        assertThat(around(timeliness, late)).isEqualTo(new Outcome.Revoked("expired"));
        var inTime = message("a").toBuilder()
                .eta(clock.instant())
                .expires(clock.instant().plusSeconds(1))
                .build();
        assertThat(around(timeliness, inTime)).isEqualTo(RUN);
    }

    @Test
    void aRateLimitGivesTurnsInOrderOfArrival() {
        var limits = new RateLimits(clock);
        limits.change("t.x", Optional.of(RateLimit.parse("2/s")));
        assertThat(around(limits, message("a"))).isEqualTo(RUN);
        var second = (Outcome.Held) around(limits, message("b"));
        assertThat(second.delay()).isEqualTo(Duration.ofMillis(500));
        var third = (Outcome.Held) around(limits, message("c"));
        assertThat(third.delay()).isEqualTo(Duration.ofSeconds(1));
        clock.pass(Duration.ofMillis(500));
        assertThat(around(limits, received(message("b"), false, Map.of()).withTurn(second.turn())))
                .as("its turn has come")
                .isEqualTo(RUN);
        clock.pass(Duration.ofSeconds(10));
        assertThat(around(limits, message("d"))).as("turns are not saved up").isEqualTo(RUN);
        assertThat(around(limits, message("e"))).isInstanceOf(Outcome.Held.class);
        limits.change("t.x", Optional.empty());
        assertThat(around(limits, message("f"))).isEqualTo(RUN);
    }

    @Test
    void theBrokersCountStopsAMessageOfAQuorumQueue() {
        var guard = new RedeliveryGuard(3);
        assertThat(around(guard, received(message("a"), true, Map.of("x-delivery-count", 3L))))
                .isEqualTo(RUN);
        assertThat(around(guard, received(message("a"), true, Map.of("x-delivery-count", 4L))))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                    assertThat(refused.reason()).contains("delivered 5 times");
                    assertThat(refused.details().attempts()).isEqualTo(5);
                });
    }

    @Test
    void aClassicQueuesMessageIsSentAnewWithItsCount() {
        var guard = new RedeliveryGuard(3);
        assertThat(around(guard, received(message("a"), false, Map.of()))).isEqualTo(RUN);
        assertThat(around(guard, received(message("a"), true, Map.of()))).isEqualTo(new Outcome.Counted(1));
        assertThat(around(guard, received(message("a"), false, Map.of(RedeliveryGuard.COUNT, 1))))
                .isEqualTo(RUN);
        assertThat(around(guard, received(message("a"), true, Map.of(RedeliveryGuard.COUNT, 2))))
                .isEqualTo(new Outcome.Counted(3));
        assertThat(around(guard, received(message("a"), true, Map.of(RedeliveryGuard.COUNT, 3))))
                .isInstanceOf(Outcome.Refused.class);
    }

    private Outcome around(Interceptor interceptor, TaskMessage message) {
        return around(interceptor, received(message, false, Map.of()));
    }

    private Outcome around(Interceptor interceptor, Received received) {
        var attempt = new Attempt(received, new NoHandling(), clock.instant());
        var decoded = (DecodeResult.Decoded) TaskCodec.decode(received.message());
        return interceptor.around(
                new Invocation(decoded.task(), task.withOptions(TaskOptions.DEFAULT), attempt), () -> RUN);
    }

    private static TaskMessage message(String id) {
        return TaskMessage.builder(id, "t.x").build();
    }

    private Received received(TaskMessage message, boolean redelivered, Map<String, Object> headers) {
        var wire = TaskCodec.encode(message, clock.instant());
        Map<String, @Nullable Object> all = new HashMap<>(wire.properties().headers());
        all.putAll(headers);
        return new Received(
                "q",
                new WireMessage(wire.properties().withHeaders(all), wire.body()),
                redelivered,
                clock.instant(),
                null);
    }

    private static final class NoHandling implements Attempt.Handling {
        @Override
        public void acknowledgeEarly() {}

        @Override
        public void report(TaskMessage task, String state, @Nullable Object meta) {}

        @Override
        public void send(Routed message) {}

        @Override
        public void giveUp(Execution execution) {}
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
