package dev.jtask.redis;

import static dev.jtask.redis.Answers.failure;
import static dev.jtask.redis.Answers.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.Claims;
import dev.jtask.backend.Claims.Answer;
import dev.jtask.backend.Claims.Change;
import dev.jtask.backend.Claims.Holder;
import dev.jtask.backend.ResultStore;
import dev.jtask.backend.ResultStores;
import dev.jtask.backend.StoreRefusedException;
import dev.jtask.testing.RedisNode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Idempotency keys in a real Redis.
@SuppressWarnings("NullAway.Init")
class RedisClaimsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private static RedisNode redis;
    private static ResultStore store;
    private static Claims claims;

    private final String key = UUID.randomUUID().toString();
    private final Holder first = holder("first", "run-1");
    private final Holder second = holder("second", "run-2");

    @BeforeAll
    static void start() {
        redis = RedisNode.start();
        store = ResultStores.open(redis.uri());
        claims = store.claims();
    }

    @AfterAll
    static void stop() {
        store.close();
        redis.close();
    }

    @Test
    void aKeyIsTakenSinceItsRunBegan() {
        assertThat(claim(first)).isEqualTo(new Answer.Granted());

        assertThat(claim(second)).isEqualTo(new Answer.Taken(START));
    }

    @Test
    void whoeverHasAKeyIsGrantedItAgainSoThatAnAnswerMayBeLost() {
        claim(first);

        assertThat(claim(first)).isEqualTo(new Answer.Granted());
        assertThat(claim(holder("first", "another run"))).isEqualTo(new Answer.Taken(START));
    }

    @Test
    void anEndedRunHandsItsValueOn() {
        claim(first);
        change(first, new Change.Ended(IntNode.valueOf(3), LEASE));

        assertThat(claim(second)).isEqualTo(new Answer.Ended(IntNode.valueOf(3)));
    }

    @Test
    void anEndedRunMayHaveNoValue() {
        claim(first);
        change(first, new Change.Ended(null, LEASE));

        assertThat(claim(second)).isEqualTo(new Answer.Ended(null));
    }

    @Test
    void onlyTheSameTaskTakesOverAKeyThatWaits() {
        claim(first);
        change(first, new Change.Waiting(LEASE));

        assertThat(claim(second)).isInstanceOf(Answer.Taken.class);
        assertThat(claim(holder("first", "its next run"))).isEqualTo(new Answer.Granted());
    }

    @Test
    void aFreedKeyIsTheNextOnesAndTheFirstChangesNothingAnyMore() {
        claim(first);
        change(first, new Change.Free());
        claim(second);
        change(first, new Change.Ended(IntNode.valueOf(3), LEASE));

        assertThat(claim(first)).isInstanceOf(Answer.Taken.class);
    }

    @Test
    void aLeaseThatIsNotRenewedLapsesAndAnEndStillCounts() {
        assertThat(now(claims.claim(first, Duration.ofMillis(50), START))).isEqualTo(new Answer.Granted());
        await().atMost(SOON)
                .until(() -> redis.ask("EXISTS", "jtask-once:t.any:" + key).equals("0"));
        change(first, new Change.Ended(IntNode.valueOf(3), LEASE));

        assertThat(claim(second)).isEqualTo(new Answer.Ended(IntNode.valueOf(3)));
    }

    @Test
    void aRunThatGoesOnKeepsItsKey() {
        now(claims.claim(first, Duration.ofSeconds(30), START));
        change(first, new Change.Running(LEASE));

        await().atMost(SOON).until(() -> Integer.parseInt(redis.ask("TTL", "jtask-once:t.any:" + key)) > 30);
    }

    @Test
    void aValueThatCannotBeWrittenIsRefused() {
        JsonNode deep = IntNode.valueOf(1);
        for (int i = 0; i < 1_100; i++) {
            deep = JsonNodeFactory.instance.arrayNode().add(deep);
        }
        claim(first);

        assertThat(failure(claims.change(first, new Change.Ended(deep, LEASE))))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("the result of task first is not JSON");
    }

    private Holder holder(String task, String owner) {
        return new Holder("t.any", key, task, owner);
    }

    private static Answer claim(Holder holder) {
        return now(claims.claim(holder, LEASE, START));
    }

    private static void change(Holder holder, Change change) {
        now(claims.change(holder, change));
    }
}
