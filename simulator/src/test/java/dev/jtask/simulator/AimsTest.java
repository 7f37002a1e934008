package dev.jtask.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.simulator.load.Synthetic;
import dev.jtask.simulator.scaler.Jtask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What scaling is measured by, on some loads of each kind: `make simulate` has all of them.
class AimsTest {

    private static final long SEED = 1;

    @ParameterizedTest
    @ValueSource(strings = {"burst", "spikes-on-idle", "long-hasty", "long-burst", "minute-tasks"})
    void noSettingOfKedaIsBetterInBothAndNoTaskIsCutOff(String name) {
        var load = Synthetic.all(SEED).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();

        var contest = Contest.of(load, Jtask.DEFAULTS, SEED);

        assertThat(contest.better()).isEmpty();
        assertThat(contest.ours().interrupted()).isZero();
    }
}
