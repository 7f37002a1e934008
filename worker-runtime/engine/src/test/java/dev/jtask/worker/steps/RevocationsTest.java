package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevocationsTest {

    private final SettableClock clock = new SettableClock();
    private final Revocations revocations = new Revocations(clock);
    private final Around rest = new Around();

    @Test
    void aRevokedTaskIsNotRun() {
        assertThat(around(Given.message("a"))).isEqualTo(Around.RUN);

        revocations.add(List.of("a"));

        assertThat(around(Given.message("a"))).isEqualTo(new Outcome.Revoked(Outcome.Revoked.REVOKED));
        assertThat(around(Given.message("b"))).isEqualTo(Around.RUN);
        assertThat(rest.passed).hasSize(2);
    }

    @Test
    void aTaskWithARevokedStampIsNotRun() {
        revocations.stamps().add("customer", List.of("7"));
        var stamped = Given.message("a").toBuilder()
                .stamps(List.of("customer"), Map.of("customer", "7"))
                .build();

        assertThat(around(stamped)).isEqualTo(new Outcome.Revoked(Outcome.Revoked.REVOKED));
    }

    @Test
    void areForgottenAfterThreeHours() {
        revocations.add(List.of("a"));
        clock.pass(Duration.ofHours(4));
        revocations.add(List.of("b"));

        assertThat(revocations.all()).containsOnlyKeys("b");
        assertThat(around(Given.message("a"))).isEqualTo(Around.RUN);
    }

    @Test
    void onesThatAreRevokedAgainCountFromThen() {
        revocations.add(List.of("a"));
        clock.pass(Duration.ofHours(2));
        revocations.add(List.of("b"));
        revocations.add(List.of("a"));
        clock.pass(Duration.ofHours(2));
        revocations.add(List.of("c"));

        assertThat(List.copyOf(revocations.all().keySet())).containsExactly("b", "a", "c");
    }

    @Test
    void areToldWithTheirAgeTheOldestFirst() {
        revocations.add(List.of("a"));
        clock.pass(Duration.ofMinutes(1));
        revocations.add(List.of("b"));
        clock.pass(Duration.ofMinutes(1));

        assertThat(List.copyOf(revocations.all().entrySet()))
                .containsExactly(Map.entry("a", Duration.ofMinutes(2)), Map.entry("b", Duration.ofMinutes(1)));
    }

    @Test
    void areNoMoreThanFiftyThousand() {
        revocations.add(
                IntStream.rangeClosed(0, 50_000).mapToObj(Integer::toString).toList());

        assertThat(revocations.all()).hasSize(50_000).doesNotContainKey("0").containsKey("50000");
    }

    private Outcome around(TaskMessage message) {
        return revocations.around(Given.job(message), rest);
    }
}
