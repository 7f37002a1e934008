package dev.jtask.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.simulator.Contest.Entry;
import dev.jtask.simulator.load.Load;
import dev.jtask.simulator.load.Shape;
import dev.jtask.simulator.load.Traces;
import dev.jtask.simulator.scaler.FixedSize;
import dev.jtask.simulator.scaler.Jtask;
import dev.jtask.simulator.world.Run;
import dev.jtask.simulator.world.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The judge.
class ContestTest {

    private static final long SEED = 3;

    @TempDir
    private Path folder;

    private Load load;

    @BeforeEach
    void record() throws IOException {
        var file = Files.writeString(
                folder.resolve("short.csv"), "second,arrivals\n0,0\n10,0\n20,0\n30,20\n40,200\n50,40\n60,0\n");
        load = Traces.recorded(file, 1, Shape.USUAL, SEED);
    }

    @Test
    void onlyWhoWaitsLessAndCostsLessIsBetter() {
        var contest = contest(
                run(10, 2),
                run(9.9, 1.9),
                run(10, 1), // waits as long
                run(9, 2), // costs as much
                run(11, 1),
                run(1, 3));

        assertThat(contest.better()).extracting(Entry::name).containsExactly("0");
    }

    @Test
    void theCheapestOfThoseThatWaitNoLongerIsTakenForComparison() {
        var contest = contest(run(10, 2), run(9, 2.5), run(10.05, 1.5), run(10.2, 0.5), run(5, 1.6));

        assertThat(contest.cheapestAsGood()).map(Entry::name).contains("1");
    }

    @Test
    void whereAllWaitLongerNoneIsAsGood() {
        assertThat(contest(run(10, 2), run(10.2, 0.5), run(300, 0.1)).cheapestAsGood())
                .isEmpty();
    }

    @Test
    void everySettingMeetsTheSameLoad() {
        var contest = Contest.of(load, Jtask.DEFAULTS, SEED);

        assertThat(contest.defaults().name()).isEqualTo("KEDA defaults");
        assertThat(contest.keda()).hasSize(31).extracting(Entry::name).doesNotHaveDuplicates();
        assertThat(contest.keda())
                .allSatisfy(each -> assertThat(each.run().waits().count())
                        .isEqualTo(load.tasks().count()));
        assertThat(contest.oracle().run().p99()).isLessThan(contest.ours().p99());
        assertThat(contest.sentence())
                .startsWith("%d tasks. jtask: ".formatted(load.tasks().count()));
    }

    @Test
    void theFixedSizeIsTheSmallestThatIsAsGood() {
        var contest = Contest.of(load, Jtask.DEFAULTS, SEED);

        int size = Integer.parseInt(contest.fixed().name().replaceFirst(" pods, always", ""));
        assertThat(contest.fixed().run().p99())
                .isLessThanOrEqualTo(contest.ours().p99() + 0.1);
        assertThat(Simulation.run(load, new FixedSize(size - 1).make(load), SEED)
                        .p99())
                .isGreaterThan(contest.ours().p99() + 0.1);
    }

    /// @param others named by their places
    private Contest contest(Run ours, Run... others) {
        var keda = IntStream.range(0, others.length)
                .mapToObj(i -> new Entry(String.valueOf(i), others[i]))
                .toList();
        return new Contest(load, ours, keda, keda.getFirst(), keda.getFirst());
    }

    private static Run run(double p99, double podHours) {
        return new Run(new Run.Waits(new double[] {p99}), podHours, 0, 0, 0, List.of());
    }
}
