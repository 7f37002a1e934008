package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.Route;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TroublesTest {

    private static final Route MAIL = Route.toQueue("mail");
    private static final Route POST = Route.toQueue("post");

    private final Troubles troubles = new Troubles();

    @Test
    void aRouteThatFailsRestsForAGrowingTimeAndOthersDoNot() {
        long now = 0;
        long rest = 0;
        for (int i = 0; i < 12; i++) {
            troubles.failed(MAIL, "away", now);
            assertThat(troubles.resting(now)).containsExactly(MAIL);
            rest = troubles.next(now).orElseThrow();
            now += rest;
            assertThat(troubles.resting(now)).isEmpty();
        }
        assertThat(rest).isBetween(seconds(5), seconds(10));
    }

    @Test
    void whatGetsThroughForgetsTheFailures() {
        for (int i = 0; i < 10; i++) {
            troubles.failed(MAIL, "away", 0);
        }
        assertThat(troubles.knows(MAIL)).isTrue();
        troubles.passed(MAIL);
        assertThat(troubles.knows(MAIL)).isFalse();
        troubles.failed(MAIL, "away", 0);

        assertThat(troubles.next(0).orElseThrow()).isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void allRestsWhereTooManyRoutesFail() {
        for (int i = 0; i < 51; i++) {
            assertThat(troubles.everywhere(0)).isFalse();
            troubles.failed(Route.toQueue("q" + i), "away", 0);
        }
        assertThat(troubles.everywhere(0)).isTrue();
        assertThat(troubles.everywhere(seconds(1))).isFalse();
    }

    @Test
    void nothingIsToldOfWhatPassesSoonOrWhileOthersGetThrough() {
        troubles.failed(MAIL, "away", 0);
        assertThat(troubles.told(seconds(9))).isEmpty();
        assertThat(troubles.told(seconds(10))).containsExactly("away");

        troubles.passed(POST);
        troubles.failed(MAIL, "away", seconds(11));
        assertThat(troubles.told(seconds(12))).isEmpty();
        assertThat(troubles.told(seconds(21))).containsExactly("away");
    }

    @Test
    void whatAnotherRelayHasSentIsNoTroubleAnyMore() {
        troubles.failed(MAIL, "away", 0);
        troubles.forget(seconds(9));
        assertThat(troubles.told(seconds(20))).isNotEmpty();
        troubles.forget(seconds(20));
        assertThat(troubles.told(seconds(20))).isEmpty();
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
