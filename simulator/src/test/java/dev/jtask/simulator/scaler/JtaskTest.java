package dev.jtask.simulator.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.simulator.load.Synthetic;
import dev.jtask.simulator.world.Run;
import dev.jtask.simulator.world.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the production decision must hold on loads that hurt before.
class JtaskTest {

    @ParameterizedTest
    @ValueSource(strings = {"long", "long-hasty", "long-burst", "minute-tasks", "short-and-long"})
    void noRunningTaskIsCutOff(String load) {
        assertThat(run(load).interrupted()).isZero();
    }

    @Test
    void delayedTasksDoNotWaitForTheObjective() {
        assertThat(run("countdown").p99()).isLessThan(30);
    }

    @Test
    void aBrokerThatRestartsDoesNotMakeThePoolJump() {
        assertThat(run("broker-restart").peak()).isLessThan(12);
    }

    @Test
    void podsThatStartSlowlyDoNotMakeThePoolExplode() {
        assertThat(run("slow-start").peak()).isLessThan(15);
    }

    @Test
    void morePodsThanADatabaseServesAreNotKept() {
        var run = run("downstream-limit");

        assertThat(run.podHours()).isLessThan(8);
    }

    @Test
    void retriesOfADependencyThatIsDownDoNotMakeThePoolGrow() {
        var run = run("dependency-down");

        assertThat(run.line().stream()
                        .filter(point -> point.at() > 1260 && point.at() < 1800)
                        .mapToInt(Run.Point::pods)
                        .max()
                        .orElseThrow())
                .isLessThan(8);
    }

    private static Run run(String name) {
        var load = Synthetic.all(11).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Simulation.run(load, Jtask.DEFAULTS.make(load), 11);
    }
}
