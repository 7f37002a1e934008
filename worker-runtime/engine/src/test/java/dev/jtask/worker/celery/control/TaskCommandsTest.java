package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.worker.registry.RateLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCommandsTest {

    private final FakeLimits limits = new FakeLimits();

    @ParameterizedTest
    @ValueSource(strings = {"'10/m'", "5", "'0.5'", "'1/h'"})
    void setsRates(String rate) {
        assertThat(answer("rate_limit", "{'task_name': 't.add', 'rate_limit': %s}".formatted(rate)))
                .isEqualTo("new rate limit set successfully");
        assertThat(limits.rates.get("t.add")).contains(RateLimit.parse(rate.replace("'", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "'0'", "''", "0.0"})
    void takesRatesAway(String rate) {
        assertThat(answer("rate_limit", "{'task_name': 't.add', 'rate_limit': %s}".formatted(rate)))
                .isEqualTo("rate limit disabled successfully");
        assertThat(limits.rates.get("t.add")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'0.000001/h'", "'0.01/h'", "'-1/s'", "'fast'", "1e20", "NaN", "-5", "true", "[1]", "{}"})
    void refusesRatesOutOfRange(String rate) {
        assertThat(answer("rate_limit", "{'task_name': 't.add', 'rate_limit': %s}".formatted(rate)))
                .startsWith("! Invalid rate limit string: ValueError(");
        assertThat(limits.rates).isEmpty();
    }

    @Test
    void needsARate() {
        assertThat(answer("rate_limit", "{'task_name': 't.add'}")).isEqualTo("! ValueError('rate_limit is missing')");
    }

    @Test
    void knowsOnlyItsOwnTasks() {
        assertThat(answer("rate_limit", "{'task_name': 't.none', 'rate_limit': '1/s'}"))
                .isEqualTo("! unknown task");
        assertThat(answer("time_limit", "{'task_name': 't.none', 'hard': 1}")).isEqualTo("! unknown task");
        assertThat(answer("time_limit", "{}")).isEqualTo("! unknown task");
        assertThat(limits.rates).isEmpty();
        assertThat(limits.times).isEmpty();
    }

    @Test
    void setsTimeLimitsAndTakesThemAway() {
        assertThat(answer("time_limit", "{'task_name': 't.add', 'hard': 2, 'soft': 1.5}"))
                .isEqualTo("time limits set successfully");
        assertThat(limits.times.get("t.add")).isEqualTo(new TimeLimits(2.0, 1.5));
        answer("time_limit", "{'task_name': 't.add', 'hard': 0, 'soft': null}");
        assertThat(limits.times.get("t.add")).isEqualTo(TimeLimits.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'hard': 0.0001", "'hard': -1", "'soft': 1e300", "'soft': NaN", "'hard': '10'"})
    void refusesTimesOutOfRange(String limit) {
        assertThat(answer("time_limit", "{'task_name': 't.add', %s}".formatted(limit)))
                .startsWith("! ValueError(")
                .contains("must be seconds");
        assertThat(limits.times).isEmpty();
    }

    private String answer(String method, String arguments) {
        return Samples.answer(TaskCommands.of(Samples.registry(), limits), method, arguments);
    }
}
