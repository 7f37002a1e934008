package dev.jtask.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final Watch watch = new Watch(60_000);

    @Test
    void findsAWorkerThatDoesNothingWhileMessagesWaitForIt() {
        look(0, 5, 10, true);
        look(59_000, 5, 10, true);
        assertThat(watch.stuck()).isEmpty();

        assertThat(look(60_000, 5, 10, true))
                .containsExactly("worker 0 did nothing for 60 s while 10 messages waited for it");
        assertThat(watch.stuck()).hasSize(1);
    }

    @Test
    void findsTheOneThatIsStuckAmongOthersThatWork() {
        for (int second = 0; second <= 60; second++) {
            watch.look(second * 1_000L, List.of(new Watch.Look(0, second, 10, true), new Watch.Look(1, 7, 10, true)));
        }

        assertThat(watch.stuck()).singleElement().asString().startsWith("worker 1");
    }

    @Test
    void aWorkerWithoutMessagesIsNotStuck() {
        look(0, 5, 10, true);
        look(50_000, 5, 0, true);
        look(100_000, 5, 10, true);

        assertThat(watch.stuck()).isEmpty();
    }

    @Test
    void aWorkerThatAFaultHoldsUpIsNotStuck() {
        look(0, 5, 10, true);
        look(50_000, 5, 10, false);
        look(100_000, 5, 10, true);

        assertThat(watch.stuck()).isEmpty();
    }

    @Test
    void oneThatMovesIsNotStuck() {
        look(0, 5, 10, true);
        look(50_000, 6, 10, true);
        look(100_000, 6, 10, true);

        assertThat(watch.stuck()).isEmpty();
    }

    private List<String> look(long now, long progress, int ready, boolean able) {
        return watch.look(now, List.of(new Watch.Look(0, progress, ready, able)));
    }
}
