package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.SignalWaits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A message that is sent anew tells the next run what the task has waited for.
class EndingSignalsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SignalWaits OVER = new SignalWaits(Map.of("approval", -1L));

    @ParameterizedTest
    @MethodSource("sentAnew")
    void aTimeThatWasOverStaysSoForWhateverTheRunIsPutOff(Outcome outcome) {
        var job = Given.job(Given.message("a").toBuilder()
                .customHeaders(Map.of(JtaskHeaders.SIGNALS, OVER.ends()))
                .build());

        assertThat(Ending.of(job, outcome, new FakeCanvas(), SettableClock.START)
                        .effects())
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.Resend.class,
                        resend -> assertThat(resend.waits()).isEqualTo(OVER));
    }

    static List<Outcome> sentAnew() {
        return List.of(
                new Outcome.Later(MINUTE, new Outcome.InTheBroker()),
                new Outcome.Later(MINUTE, new Outcome.BehindOthers(3)),
                new Outcome.Later(MINUTE, new Outcome.Unanswered(3)),
                new Outcome.Returned(Outcome.Returned.Why.DRAIN));
    }
}
