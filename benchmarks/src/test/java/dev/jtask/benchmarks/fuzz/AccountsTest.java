package dev.jtask.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final Accounts.Sent GOOD = new Accounts.Sent("g1", Mutant.GOOD);
    private static final Accounts.Sent BAD = new Accounts.Sent("m2", "embed");

    private final Accounts accounts = new Accounts();

    @Test
    void aGoodMessageRunsAndIsAnswered() {
        accounts.ran("g1");
        assertThat(balance(GOOD).lost()).containsExactly("g1 (good)");

        accounts.answered("g1");
        assertThat(balance(GOOD).isGood(0)).isTrue();
    }

    @Test
    void aGoodMessageAmongTheDeadLettersIsLost() {
        accounts.ran("g1");
        accounts.answered("g1");
        accounts.letter("g1");

        assertThat(balance(GOOD).lost()).hasSize(1);
    }

    @Test
    void findsAMalformedMessageOfWhichNothingIsKnown() {
        assertThat(balance(BAD).lost()).containsExactly("m2 (embed)");
        assertThat(balance(BAD).isGood(0)).isFalse();
    }

    @Test
    void aMalformedMessageEndsAsARunOrAnAnswerOrALetter() {
        for (int end = 0; end < 3; end++) {
            var one = new Accounts();
            if (end == 0) {
                one.ran("m2");
            } else if (end == 1) {
                one.answered("m2");
            } else {
                one.letter("m2");
            }
            assertThat(one.balance(List.of(BAD)).isGood(0)).isTrue();
        }
    }

    @Test
    void findsWhatRanTwiceOrIsTwoLetters() {
        accounts.ran("m2");
        accounts.ran("m2");
        assertThat(balance(BAD).twice()).containsExactly("m2 (embed): 2 runs, 0 letters");
        assertThat(balance(BAD).isGood(0)).isFalse();
        assertThat(balance(BAD).isGood(1)).as("a lost connection explains it").isTrue();
    }

    @Test
    void counts() {
        accounts.ran("g1");
        accounts.letter("m2");
        accounts.letter("m2");

        var balance = balance(GOOD, BAD);
        assertThat(balance.malformed()).isEqualTo(1);
        assertThat(balance.good()).isEqualTo(1);
        assertThat(balance.run()).isEqualTo(1);
        assertThat(balance.dead()).isEqualTo(1);
        assertThat(accounts.ended()).isEqualTo(2);
    }

    private Accounts.Balance balance(Accounts.Sent... sent) {
        return accounts.balance(List.of(sent));
    }
}
