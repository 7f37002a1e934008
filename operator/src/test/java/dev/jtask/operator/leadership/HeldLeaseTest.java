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

class HeldLeaseTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration VALID = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock(START);
    private final List<String> losses = new ArrayList<>();
    private @Nullable Claim claim;
    private boolean away;

    private final HeldLease lease = new HeldLease(
            this::read,
            "me",
            VALID,
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

    private Optional<Claim> read() {
        if (away) {
            throw new IllegalStateException("the API server is away");
        }
        return Optional.ofNullable(claim);
    }
}
