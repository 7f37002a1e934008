package dev.jtask.operator.scaling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.autoscaler.Share;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final String HERE = "http://rabbit:15672 vhost /";

    @Test
    void poolsThatRunShareByTheirReadySlots() {
        var small = pool("small", 4, 2, 10);
        var large = pool("large", 8, 3, 10);

        assertThat(small.among(List.of(large)).get("orders")).isEqualTo(new Share(0.25, "pool large"));
        assertThat(large.among(List.of(small)).get("orders")).isEqualTo(new Share(0.75, "pool small"));
    }

    @Test
    void whileNoneRunsTheyShareByWhatTheyMayRun() {
        var small = pool("small", 4, 0, 10);
        var large = pool("large", 8, 0, 15);

        assertThat(small.among(List.of(large)).get("orders")).isEqualTo(new Share(0.25, "pool large"));
    }

    @Test
    void anEmptyPoolLeavesAllToThoseThatRun() {
        assertThat(part(pool("empty", 4, 0, 10), pool("large", 8, 1, 10))).isZero();
        assertThat(part(pool("large", 8, 1, 10), pool("empty", 4, 0, 10))).isEqualTo(1);
    }

    @Test
    void anEmptyPoolStartsWhereThoseThatRunCannotGrow() {
        var full = pool("full", 8, 3, 3);
        var empty = pool("empty", 8, 0, 10);

        assertThat(part(empty, full)).isEqualTo(0.25);
        assertThat(part(pool("empty", 8, 1, 10), full)).isEqualTo(0.25);
    }

    @Test
    void anEmptyPoolStartsWhereThoseThatRunGetNoMoreOfWhatTheyAskFor() {
        var stuck = new Capacity("stuck", Set.of(HERE), Set.of("orders"), 8, 3, 20, true);

        assertThat(part(pool("empty", 8, 0, 10), stuck)).isEqualTo(0.25);
    }

    @Test
    void aPoolThatMayNotRunTakesNothing() {
        var off = pool("off", 8, 0, 0);

        assertThat(part(off, pool("full", 8, 3, 3))).isZero();
        assertThat(part(pool("on", 8, 0, 5), off)).isEqualTo(1);
    }

    @Test
    void onlyTheSameQueueAtTheSameBrokerIsShared() {
        var mine = pool("mine", 8, 1, 10);

        assertThat(mine.among(List.of(
                        new Capacity("a", Set.of("http://rabbit:15672 vhost other"), Set.of("orders"), 8, 1, 10, false),
                        new Capacity("b", Set.of(HERE), Set.of("mails"), 8, 1, 10, false))))
                .isEmpty();
        assertThat(mine.among(List.of(new Capacity(
                        "c", Set.of("http://second:15672 vhost /", HERE), Set.of("orders"), 8, 1, 10, false))))
                .containsKey("orders");
    }

    @Test
    void threePoolsNameEachOther() {
        assertThat(pool("a", 8, 1, 10)
                        .among(List.of(pool("c", 8, 1, 10), pool("b", 8, 2, 10)))
                        .get("orders"))
                .isEqualTo(new Share(0.25, "pool b and pool c"));
    }

    private static double part(Capacity pool, Capacity other) {
        return requireNonNull(pool.among(List.of(other)).get("orders")).part();
    }

    private static Capacity pool(String name, int slots, int ready, int most) {
        return new Capacity(name, Set.of(HERE), Set.of("orders"), slots, ready, most, ready >= most);
    }
}
