package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelinessStepTest {

    private final SettableClock clock = new SettableClock();
    private final TimelinessStep step = new TimelinessStep(clock);

    @Test
    void letsATaskWaitInTheBrokerForItsEta() {
        assertThat(around(message().eta(in(5)).build()))
                .isEqualTo(new Outcome.Later(Duration.ofSeconds(5), new Outcome.InTheBroker()));
        assertThat(around(message().eta(in(0)).build())).isEqualTo(Around.RUN);
        assertThat(around(message().eta(in(-5)).build())).isEqualTo(Around.RUN);
    }

    @Test
    void doesNotRunATaskAfterItsExpiry() {
        assertThat(around(message().expires(in(-1)).build())).isEqualTo(new Outcome.Revoked(Outcome.Revoked.EXPIRED));
        assertThat(around(message().expires(in(0)).build())).isEqualTo(Around.RUN);
        assertThat(around(message().expires(in(1)).eta(in(0)).build())).isEqualTo(Around.RUN);
    }

    @Test
    void doesNotLetATaskWaitThatHasExpired() {
        assertThat(around(message().expires(in(-1)).eta(in(5)).build()))
                .isEqualTo(new Outcome.Revoked(Outcome.Revoked.EXPIRED));
    }

    @Test
    void runsATaskWithoutEither() {
        assertThat(around(message().build())).isEqualTo(Around.RUN);
    }

    private static TaskMessage.Builder message() {
        return Given.message("a").toBuilder();
    }

    private Instant in(long seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    private Outcome around(TaskMessage message) {
        return step.around(Given.job(message), new Around());
    }
}
