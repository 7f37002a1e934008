package dev.jtask.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.crds.v1alpha1.ScalingMode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestTest {

    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private final Contest contest = new Contest();

    @Test
    void isOverOnceAWriteHasStayed() {
        contest.stays(at(0));
        writtenOver(5);
        contest.stays(at(5));
        writtenOver(10);
        assertThat(contest.hindrance(false, at(10))).contains("(hpa)");

        contest.stays(at(60));
        assertThat(contest.hindrance(true, at(61)))
                .as("it may be written over yet")
                .contains("(hpa)");
        contest.stays(at(200));

        assertThat(contest.hindrance(true, at(201))).isNull();
        writtenOver(205);
        assertThat(contest.hindrance(false, at(206))).as("a hand, once").isNull();
    }

    @Test
    void wherePeopleDecideTheirNumberIsInTheWay() {
        for (int second = 0; second < 15; second += 5) {
            contest.stays(at(second));
            contest.overwritten(3, 5, List.of("hpa"), ScalingMode.OFF, at(second + 1));
        }

        assertThat(contest.hindrance(false, at(15)))
                .endsWith("of 3 pods it made 5 (hpa); remove spec.replicas of the pool, or have the"
                        + " HorizontalPodAutoscaler or ScaledObject name the TaskWorkerPool in scaleTargetRef");
    }

    @Test
    void aPauseIsNoLongerByAClockThatIsPutBack() {
        contest.overruled(10, 5, "a policy", at(0));
        assertThat(contest.holds(5, 10, at(10))).isTrue();

        assertThat(contest.holds(5, 10, at(-3_600))).isFalse();
    }

    private void writtenOver(int second) {
        contest.overwritten(10, 3, List.of("hpa"), ScalingMode.AUTO, at(second));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
