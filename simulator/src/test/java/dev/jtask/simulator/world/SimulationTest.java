package dev.jtask.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.load.Synthetic;
import org.junit.jupiter.api.Test;

class SimulationTest {

    @Test
    void theSameSeedIsTheSameRun() {
        var one = Simulation.run(load("burst", 7), always(5), 7);
        var other = Simulation.run(load("burst", 7), always(5), 7);

        assertThat(one.podHours()).isEqualTo(other.podHours());
        assertThat(one.p99()).isEqualTo(other.p99());
        assertThat(one.line()).isEqualTo(other.line());
    }

    @Test
    void aFixedSizeCostsItsTimeAndEveryTaskStarts() {
        var load = load("steady", 1);
        var run = Simulation.run(load, always(6), 1);

        assertThat(run.podHours()).isCloseTo(6 * load.end() / 3600, within(0.1));
        assertThat(run.waits().count()).isEqualTo(load.tasks().count());
        assertThat(run.p99()).isLessThan(10);
        assertThat(run.interrupted()).isZero();
    }

    @Test
    void aTaskThatOutlastsItsDrainIsCutOffAndStartsAgain() {
        var load = load("long-hasty", 1);
        Scaler careless = sight -> new Scaler.Wish(sight.now() % 600 < 300 ? 10 : 1, false, false, 30);

        assertThat(Simulation.run(load, careless, 1).interrupted()).isPositive();
    }

    @Test
    void noneIsCutOffWhereOnlyIdlePodsGo() {
        var load = load("long-hasty", 1);
        Scaler careful = sight -> new Scaler.Wish(sight.now() % 600 < 300 ? 10 : 1, true, true, 30);

        assertThat(Simulation.run(load, careful, 1).interrupted()).isZero();
    }

    @Test
    void figuresAreUpToTenSecondsOld() {
        var load = load("burst", 1);
        double first = load.tasks().at(0);
        var seen = new double[] {0};
        Simulation.run(
                load,
                sight -> {
                    long ready = sight.statistics().orElseThrow().getFirst().ready();
                    if (ready > 0 && seen[0] == 0) {
                        seen[0] = sight.now();
                    }
                    return new Scaler.Wish(0, false, false, 0.5);
                },
                1);

        assertThat(seen[0] - first).isBetween(0.1, 11.0);
    }

    private static Scaler always(int replicas) {
        return sight -> new Scaler.Wish(replicas, false, false, 60);
    }

    private static Load load(String name, long seed) {
        return Synthetic.all(seed).stream()
                .filter(load -> load.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
