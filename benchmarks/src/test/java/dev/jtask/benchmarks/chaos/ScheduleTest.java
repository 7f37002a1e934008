package dev.jtask.benchmarks.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Schedule.of(5, 1_000, 10, 3, 4))
                .isEqualTo(Schedule.of(5, 1_000, 10, 3, 4))
                .isNotEqualTo(Schedule.of(6, 1_000, 10, 3, 4));
    }

    @Test
    void hasAsManyKillsAndRestartsAsAskedFor() {
        var kinds = Schedule.of(5, 1_000, 10, 3, 4).stream().collect(groupingBy(Planned::kind, counting()));

        assertThat(kinds).containsEntry(Fault.Kind.KILL, 10L);
        assertThat(kinds.getOrDefault(Fault.Kind.RESTART, 0L) + kinds.getOrDefault(Fault.Kind.CRASH, 0L))
                .isEqualTo(3);
        assertThat(kinds).containsOnlyKeys(Fault.Kind.values());
    }

    @Test
    void leavesTheFirstAndTheLastTasksInPeace() {
        assertThat(Schedule.of(5, 1_000, 100, 30, 4))
                .allSatisfy(fault -> assertThat(fault.afterSent()).isBetween(50, 950))
                .isSortedAccordingTo((one, other) -> one.afterSent() - other.afterSent());
    }

    @Test
    void aimsAtWorkersThatAreThere() {
        assertThat(Schedule.of(5, 1_000, 100, 30, 4)).allSatisfy(fault -> {
            if (fault.kind().isTheBrokers()) {
                assertThat(fault.target()).isEqualTo(Fault.BROKER);
            } else {
                assertThat(fault.target()).isBetween(0, 3);
            }
        });
    }

    @Test
    void aFaultLastsAsLongEachTime() {
        var fault = new Planned(1, Fault.Kind.FREEZE, 0, 10, -7L);

        assertThat(fault.millis(300, 8_000)).isEqualTo(fault.millis(300, 8_000)).isBetween(300, 8_000);
    }
}
