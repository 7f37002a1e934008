package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopsTest {

    @ParameterizedTest
    @CsvSource({"61, 0, 0, the supervisor", "0, 61, 0, the sender", "0, 0, 61, the intake"})
    void eachThatStandsStillIsTheWorkersEnd(int supervisor, int sender, int intake, String who) {
        var silent = silent(supervisor, sender, intake);

        assertThat(silent).containsExactly(who + " has not moved for 61 s");
        assertThat(new Health(List.of(), silent).isAlive()).isFalse();
    }

    @Test
    void allTakeTheirTime() {
        assertThat(silent(60, 60, 60)).isEmpty();
        assertThat(new Health(List.of(), silent(0, 0, 0)).isAlive()).isTrue();
    }

    private static List<String> silent(int supervisor, int sender, int intake) {
        return new Loops(
                        () -> Duration.ofSeconds(supervisor),
                        () -> Duration.ofSeconds(sender),
                        () -> Duration.ofSeconds(intake))
                .silent();
    }
}
