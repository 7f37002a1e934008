package dev.jtask.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutantsTest {

    private final Mutants mutants = new Mutants(7, "replies");

    @Test
    void areTheSameForTheSameSeed() {
        for (int number = 1; number < 200; number++) {
            var one = mutants.get(number);
            var other = new Mutants(7, "replies").get(number);

            assertThat(other.kind()).isEqualTo(one.kind());
            assertThat(other.body()).isEqualTo(one.body());
            assertThat(other.properties().getReplyTo())
                    .isEqualTo(one.properties().getReplyTo());
        }
    }

    @Test
    void oneOfFourIsGoodAndTheOthersAreOfAllKinds() {
        int good = 0;
        Set<String> kinds = new HashSet<>();
        for (int number = 1; number <= 2_000; number++) {
            var mutant = mutants.get(number);
            good += mutant.isGood() ? 1 : 0;
            kinds.add(mutant.kind().split(" ", -1)[0]);
        }

        assertThat(good).isEqualTo(500);
        assertThat(kinds)
                .contains("any", "known", "deep", "broken", "embed", "follow-ups", "protocol", "argument", "parts")
                .contains("encoding", "compression", "name", "reply_to", "times", "unsigned", "bytes");
    }

    @Test
    void eachIsKnownByItsMessageId() {
        for (int number = 1; number < 200; number++) {
            assertThat(mutants.get(number).properties().getMessageId())
                    .isEqualTo(mutants.get(number).key());
        }
    }
}
