package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifeCommandsTest {

    private final FakeLife life = new FakeLife();

    @Test
    void growsAndShrinksByOneOrAsMuchAsIsSaid() {
        assertThat(answer("pool_grow", "{}")).isEqualTo("pool will grow");
        assertThat(life.slots).isEqualTo(5);
        assertThat(answer("pool_grow", "{'n': 10}")).isEqualTo("pool will grow");
        assertThat(life.slots).isEqualTo(15);
        assertThat(answer("pool_shrink", "{}")).isEqualTo("pool will shrink");
        assertThat(answer("pool_shrink", "{'n': 4}")).isEqualTo("pool will shrink");
        assertThat(life.slots).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"pool_grow, 10000, 10000", "pool_shrink, 10000, 1", "pool_shrink, 4, 1", "pool_grow, 9996, 10000"})
    void staysWithinWhatAWorkerMayHave(String method, int n, int slots) {
        answer(method, "{'n': %d}".formatted(n));
        assertThat(life.slots).isEqualTo(slots);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-100", "0", "2147483647", "-2147483648", "99999999999999999999", "'many'", "1.5", "null", "[]"})
    void changesNothingByNumbersThatAreNone(String n) {
        for (var method : new String[] {"pool_grow", "pool_shrink"}) {
            assertThat(answer(method, "{'n': %s}".formatted(n)))
                    .isEqualTo("! ValueError('n must be a whole number from 1 to 10000')");
        }
        assertThat(life.slots).isEqualTo(4);
    }

    @Test
    void saysWhenTheresNothingToGain() {
        life.slots = 1;
        assertThat(answer("pool_shrink", "{}")).startsWith("! ValueError('the pool has one slot");
        life.slots = 10_000;
        assertThat(answer("pool_grow", "{}")).startsWith("! ValueError('the pool has 10000 slots");
    }

    @Test
    void shutsDownWithoutAWord() {
        assertThat(Samples.run(LifeCommands.of(life), "shutdown", "{}")).isEmpty();
        assertThat(life.ends).isEqualTo(1);
    }

    @Test
    void saysWhatIsNotEnabled() {
        assertThat(answer("pool_restart", "{}")).isEqualTo("! ValueError('Pool restarts not enabled')");
        assertThat(answer("autoscale", "{'max': 10}")).isEqualTo("! ValueError('Autoscale not enabled')");
    }

    private String answer(String method, String arguments) {
        return Samples.answer(LifeCommands.of(life), method, arguments);
    }
}
