package dev.jtask.worker.celery.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void readsNames() {
        var arguments = of("{'queue': 'orders', 'ids': ['a', 'b', 'a'], 'empty': '', 'none': null}");
        assertThat(arguments.name("queue")).isEqualTo("orders");
        assertThat(arguments.names("ids")).containsExactly("a", "b");
        assertThat(arguments.names("queue")).containsExactly("orders");
        assertThat(arguments.name("empty", "usual")).isEqualTo("usual");
        assertThat(arguments.name("none", "usual")).isEqualTo("usual");
        assertThat(arguments.name("absent", "usual")).isEqualTo("usual");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'q': null}", "{'q': ''}", "{'q': 5}", "{'q': {}}", "{'q': [5]}", "{'q': 'a\\u000ab'}"})
    void refusesWhatIsNoName(String json) {
        assertThatThrownBy(() -> of(json).name("q"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("q ");
        assertThatThrownBy(() -> of(json).names("q"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("q ");
    }

    @Test
    void refusesNamesThatAmqpDoesNotHave() {
        assertThat(of("{'q': '%s'}".formatted("x".repeat(255))).name("q")).hasSize(255);
        assertThatThrownBy(() -> of("{'q': '%s'}".formatted("x".repeat(256))).name("q"))
                .hasMessage("q may have at most 255 bytes");
        assertThatThrownBy(() -> of("{'q': '%s'}".formatted("ü".repeat(128))).name("q"))
                .hasMessage("q may have at most 255 bytes");
        assertThatThrownBy(() -> of("{'q': {}}").name("q", "usual")).hasMessageStartingWith("q must be a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "2147483647", "2147483648", "1e3", "2.5", "'2'", "true", "null", "[1]"})
    void refusesNumbersOutOfRange(String n) {
        assertThatThrownBy(() -> of("{'n': %s}".formatted(n)).whole("n", 1, 10_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n must be a whole number from 1 to 10000");
    }

    @Test
    void readsWholeNumbers() {
        assertThat(of("{}").whole("n", 1, 10)).isEqualTo(1);
        assertThat(of("{'n': 10}").whole("n", 1, 10)).isEqualTo(10);
    }

    @Test
    void readsSecondsWithNoneForNothing() {
        assertThat(of("{'s': 1.5}").seconds("s")).isEqualTo(1.5);
        assertThat(of("{'s': 2}").seconds("s")).isEqualTo(2.0);
        assertThat(of("{'s': 0}").seconds("s")).isNull();
        assertThat(of("{'s': null}").seconds("s")).isNull();
        assertThat(of("{}").seconds("s")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.0001", "1e300", "NaN", "Infinity", "'10'", "true", "{}"})
    void refusesSecondsOutOfRange(String seconds) {
        assertThatThrownBy(() -> of("{'s': %s}".formatted(seconds)).seconds("s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("s must be seconds");
    }

    private static Arguments of(String json) {
        return new Arguments(Samples.json(json));
    }
}
