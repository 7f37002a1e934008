package dev.jtask.operator.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.operator.fake.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeldLeaseTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration VALID = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock(START);
    private final List<String> losses = new ArrayList<>();
    private final List<Claim> cleared = new ArrayList<>();
    private @Nullable Claim claim;
    private boolean away;
    private Runnable onItsWay = () -> {};

    private final HeldLease lease = new HeldLease(
            new Leases() {
                @Override
                public Optional<Claim> read() {
                    return HeldLeaseTest.this.read();
                }

                @Override
                public void mend(Duration duration, Instant now) {}

                @Override
                public void clear(Claim stale) {
                    cleared.add(stale);
                }
            },
            "me",
            VALID,
            Duration.ofSeconds(15),
            clock,
            () -> Duration.between(START, clock.instant()).toNanos(),
            () -> losses.add("lost"));

    @Test
    void doesNotLeadBeforeTheLeaseSaysSo() {
        lease.check();
        assertThat(lease.holds()).isFalse();

        claim = new Claim("other", clock.instant());
        lease.check();

        assertThat(lease.holds()).isFalse();
        assertThat(losses).isEmpty();
        assertThatThrownBy(lease::require).isInstanceOf(NotLeadingException.class);
    }

    @Test
    void leadsWhileItIsRenewed() {
        for (int i = 0; i < 20; i++) {
            claim = new Claim("me", clock.instant());
            lease.check();
            assertThat(lease.holds()).isTrue();
            clock.forward(Duration.ofSeconds(2));
        }
        assertThat(losses).isEmpty();
    }

    @Test
    void leadsNoLongerThanTheRenewalIsGoodForWhateverIsRead() {
        claim = new Claim("me", clock.instant());
        lease.check();
        clock.forward(Duration.ofSeconds(9));
        // the election died: the lease still names this operator
        lease.check();
        assertThat(lease.holds()).isTrue();

        clock.forward(Duration.ofSeconds(1));

        assertThat(lease.holds()).isFalse();
        assertThat(losses).containsExactly("lost");
    }

    @Test
    void anOperatorThatWasStoppedFindsOutBeforeItActs() {
        claim = new Claim("me", clock.instant());
        lease.check();

        clock.forward(Duration.ofSeconds(40));

        assertThat(lease.holds()).isFalse();
        claim = new Claim("me", clock.instant());
        lease.check();
        assertThat(lease.holds()).as("what was lost is not taken up again").isFalse();
        assertThat(losses).containsExactly("lost");
    }

    @Test
    void anUnreadableLeaseIsGoodForAsLongAsItWasRenewedFor() {
        claim = new Claim("me", clock.instant());
        lease.check();
        away = true;
        clock.forward(Duration.ofSeconds(8));
        lease.check();
        assertThat(lease.holds()).isTrue();

        clock.forward(Duration.ofSeconds(2));
        lease.check();

        assertThat(lease.holds()).isFalse();
        assertThat(losses).containsExactly("lost");
    }

    @Test
    void endsAtOnceWhenAnotherHoldsIt() {
        claim = new Claim("me", clock.instant());
        lease.check();

        claim = new Claim("other", clock.instant());
        lease.check();

        assertThat(lease.holds()).isFalse();
        assertThat(losses).containsExactly("lost");
    }

    /// As when the API server comes back: it answers what it was asked while it was away after what came since.
    @Test
    void anAnswerThatWasLongOnItsWayTakesNothingFromWhoLeadsSince() {
        claim = new Claim("other", clock.instant());
        delayAnswer(() -> {
            clock.forward(Duration.ofSeconds(9));
            claim = new Claim("me", clock.instant());
            lease.check();
        });

        lease.check();

        assertThat(lease.holds()).isTrue();
        assertThat(losses).isEmpty();
    }

    @Test
    void countsFromTheRenewalHoweverLongTheAnswerWasOnItsWay() {
        claim = new Claim("me", clock.instant().plusSeconds(12));
        delayAnswer(() -> clock.forward(Duration.ofSeconds(14)));

        lease.check();

        assertThat(lease.holds()).as("2 s after its renewal").isTrue();
        clock.forward(Duration.ofSeconds(8));
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void whatRanOutBeforeItWasReadWasNeverHeldAndIsNoLoss() {
        claim = new Claim("me", clock.instant());
        delayAnswer(() -> clock.forward(Duration.ofSeconds(11)));

        lease.check();
        assertThat(lease.holds()).isFalse();
        assertThat(losses).isEmpty();

        claim = new Claim("me", clock.instant());
        lease.check();
        assertThat(lease.holds()).isTrue();
    }

    @Test
    void believesTheElectionThatItEnded() {
        lease.end();
        assertThat(losses).as("never led").isEmpty();
        claim = new Claim("me", clock.instant());
        lease.check();

        lease.end();

        assertThat(lease.holds()).isFalse();
        assertThat(losses).containsExactly("lost");
    }

    @Test
    void aLeaseOfOneThatDiedIsClearedHoweverFarItsClockWasAhead() {
        claim = new Claim("other", START.plus(Duration.ofHours(1)));
        look(14);
        assertThat(cleared).isEmpty();

        look(4);

        assertThat(cleared).containsExactly(claim);
        assertThat(lease.holds()).as("who takes it is the election's business").isFalse();
    }

    @Test
    void aLeaseThatIsRenewedIsLeftAloneHoweverFarTheClocksAreApart() {
        for (int i = 0; i < 30; i++) {
            claim = new Claim("other", clock.instant().minus(Duration.ofHours(1)));
            look(2);
        }

        assertThat(cleared).isEmpty();
    }

    @Test
    void aLeaseOfNobodyAndOnesOwnAreNotCleared() {
        claim = new Claim("", START);
        look(60);
        claim = new Claim("me", clock.instant());
        look(60);

        assertThat(cleared).isEmpty();
    }

    /// An election that ended by an error says nothing, and whoever is left waits for ever.
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void aLeaseThatNobodyTakesEndsTheProcess(@Nullable String holder) {
        claim = holder == null ? null : new Claim(holder, START);
        look(150);
        assertThat(losses).isEmpty();

        look(4);

        assertThat(losses).containsExactly("lost");
        claim = new Claim("me", clock.instant());
        lease.check();
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void aLeaseThatIsFreeForAWhileNowAndThenIsTakenBySomebody() {
        for (int i = 0; i < 4; i++) {
            claim = new Claim("", START);
            look(100);
            claim = new Claim("other", clock.instant());
            look(10);
        }

        assertThat(losses).isEmpty();
    }

    @Test
    void thatALeaseCannotBeReadSaysNothingOfWhoTakesIt() {
        look(100);
        away = true;
        look(300);
        away = false;
        look(100);

        assertThat(losses).isEmpty();
    }

    @Test
    void whoeverEndsGivesBackWhatIsItsOwnAndDoesNothingMore() {
        claim = new Claim("me", clock.instant());
        lease.check();

        lease.resign();

        assertThat(cleared).containsExactly(claim);
        assertThat(lease.holds()).isFalse();
        assertThat(losses).as("it ends already").isEmpty();
    }

    @Test
    void whatIsAnothersOrCannotBeReadIsNotGivenBack() {
        claim = new Claim("other", clock.instant());
        lease.resign();
        away = true;
        lease.resign();

        assertThat(cleared).isEmpty();
    }

    private void look(int seconds) {
        for (int second = 0; second < seconds; second += 2) {
            lease.check();
            clock.forward(Duration.ofSeconds(2));
        }
    }

    private Optional<Claim> read() {
        if (away) {
            throw new IllegalStateException("the API server is away");
        }
        var said = Optional.ofNullable(claim);
        onItsWay.run();
        return said;
    }

    /// The next answer, of what is so when it is asked for, takes as long as the work does.
    private void delayAnswer(Runnable work) {
        onItsWay = () -> {
            onItsWay = () -> {};
            work.run();
        };
    }
}
