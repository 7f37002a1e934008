package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HurryTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Hurry hurry = new Hurry();
    private final List<Duration> asked = new ArrayList<>();

    @Test
    void whatComesTrueIsNotWaitedForAnyLonger() throws InterruptedException {
        assertThat(hurry.await(HOUR, SECOND, (time, unit) -> asked(Duration.of(time, unit.toChronoUnit())) == 3))
                .isTrue();
        assertThat(asked).hasSize(3);
    }

    @Test
    void aHurryLeavesWhatItGivesAndNoMore() throws InterruptedException {
        assertThat(hurry.await(HOUR, SECOND, (time, unit) -> {
                    if (asked(Duration.of(time, unit.toChronoUnit())) == 2) {
                        hurry.begin();
                    }
                    return false;
                }))
                .isFalse();
        assertThat(hurry.hasBegun()).isTrue();
        assertThat(asked).hasSize(3).endsWith(SECOND);
    }

    @Test
    void aHurryMakesNothingLonger() throws InterruptedException {
        hurry.begin();

        assertThat(hurry.await(
                        Duration.ZERO, SECOND, (time, unit) -> asked(Duration.of(time, unit.toChronoUnit())) > 1))
                .isFalse();
        assertThat(asked).containsExactly(Duration.ZERO);
    }

    @Test
    void allThatIsWaitedForInAHurryTakesASecondAndAHalfTogether() throws InterruptedException {
        var now = new AtomicLong();
        var slow = new Hurry(now::get);
        slow.begin();
        for (int step = 0; step < 8; step++) {
            now.addAndGet(slow.left(Duration.ofMillis(300)).toNanos());
            slow.begin();
            slow.await(HOUR, SECOND, (time, unit) -> now.addAndGet(unit.toNanos(time)) < 0);
        }
        assertThat(Duration.ofNanos(now.get())).isEqualTo(Duration.ofMillis(1_500));
    }

    private int asked(Duration time) {
        asked.add(time);
        return asked.size();
    }
}
