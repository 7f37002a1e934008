package dev.jtask.worker.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.SignalMessage;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.task.SignalAwaitedError;
import dev.jtask.task.SignalTimeoutException;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.MarkingSeal;
import dev.jtask.worker.fakes.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwaitingTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeSignals signals = new FakeSignals();
    private final SettableClock clock = new SettableClock();
    private final Awaiting awaiting = new Awaiting(signals, new MarkingSeal(), clock);

    @Test
    void aValueIsGivenAndTheWaitIsKnownAllTheSame() {
        there(SignalMessage.of("a", "approval", "v", 7));
        var job = Given.job("a");

        assertThat(awaiting.of(job).await("approval", HOUR).intValue()).isEqualTo(7);
        assertThat(job.end()).isNull();
        assertThat(job.waits().ends()).containsOnlyKeys("approval");
        assertThat(job.signals()).isEqualTo(Map.of("approval", "v"));
    }

    @Test
    void aRunEndsWhereItsSignalIsMissing() {
        var job = Given.job("a");
        waits(job, HOUR);

        var end = SettableClock.START.plus(HOUR);
        assertThat(job.end()).isEqualTo(new Outcome.Later(HOUR, new Outcome.ForSignal("approval", end)));
        assertThat(job.waits().ends()).isEqualTo(Map.of("approval", end.toEpochMilli()));
    }

    @Test
    void theNextRunWaitsForWhatIsLeftWhateverItAsksFor() {
        var end = SettableClock.START.plus(Duration.ofMinutes(5));
        var job = carrying(Map.of("approval", end.toEpochMilli()));
        waits(job, HOUR);

        assertThat(job.end())
                .isEqualTo(new Outcome.Later(Duration.ofMinutes(5), new Outcome.ForSignal("approval", end)));
    }

    @Test
    void aTimeThatIsOverStaysSoWhateverComesThen() {
        var job = carrying(Map.of("approval", SettableClock.START.toEpochMilli()));
        assertThatThrownBy(() -> awaiting.of(job).await("approval", HOUR))
                .isInstanceOf(SignalTimeoutException.class)
                .hasMessage("signal 'approval' did not come within PT1H");
        assertThat(job.end()).isNull();

        there(SignalMessage.of("a", "approval", "v", 7));
        assertThatThrownBy(() -> awaiting.of(job).await("approval", HOUR)).isInstanceOf(SignalTimeoutException.class);
        assertThatThrownBy(() -> awaiting.of(carrying(job.waits().ends())).await("approval", HOUR))
                .isInstanceOf(SignalTimeoutException.class);
    }

    @Test
    void whatItsMessageSaysAndWasNotOpenedWithItIsNotBelieved() {
        var wire = Given.wire(Given.wire(Given.message("a")), Map.of(JtaskHeaders.SIGNALS, Map.of("approval", -1L)));
        var job = new Job(
                Given.delivery(wire, new FakeReceipt()), Given.message("a"), Given.DEFINITION, SettableClock.START);
        waits(job, HOUR);

        assertThat(job.waits().ends())
                .isEqualTo(Map.of("approval", SettableClock.START.plus(HOUR).toEpochMilli()));
    }

    @Test
    void whatCameInTimeCountsThoughItIsSeenLate() {
        there(SignalMessage.of("a", "approval", "v", 7));
        var late =
                carrying(Map.of("approval", SettableClock.START.minusSeconds(1).toEpochMilli()));

        assertThat(awaiting.of(late).await("approval", HOUR).intValue()).isEqualTo(7);
    }

    @Test
    void aLongWaitBeginsAnewNowAndThen() {
        var job = Given.job("a");
        waits(job, Duration.ofDays(400));

        assertThat(requireNonNull(job.end()).delay()).isEqualTo(SignalPlace.LONGEST);
    }

    @Test
    void nothingWaitsLongerThanItsMessageIsGood() {
        TaskMessage message = TaskMessage.builder("a", Given.TASK)
                .expires(SettableClock.START.plusSeconds(5))
                .build();
        var job = Given.job(message);
        waits(job, HOUR);

        assertThat(requireNonNull(job.end()).delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whileNobodyCanSayTheTaskIsPutOff() {
        signals.answer(new Signals.Answer.Unknown("the broker is away"));
        var job = Given.job("a");
        waits(job, HOUR);

        assertThat(job.end()).isEqualTo(new Outcome.Later(Duration.ofSeconds(10), new Outcome.InTheBroker()));
    }

    @Test
    void whatIsRefusedFailsTheCall() {
        signals.answer(new Signals.Answer.Refused("let the user configure jtask"));

        assertThatIllegalStateException()
                .isThrownBy(() -> awaiting.of(Given.job("a")).await("approval", HOUR))
                .withMessage("signal 'approval' cannot be waited for: let the user configure jtask");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> awaiting.of(Given.job("a")).await("", HOUR));
    }

    @Test
    void whatNobodyVouchesForMakesRoomForTheTrueOne() {
        var own = SignalMessage.of("a", "approval", "v", 7);
        for (var forged :
                List.of(Given.wire(own, Map.of("bad", true)), SignalMessage.of("another", "approval", "v", 7))) {
            there(forged);
            var job = Given.job("a");
            waits(job, HOUR);

            assertThat(job.end()).isEqualTo(new Outcome.Later(Duration.ofSeconds(10), new Outcome.InTheBroker()));
            assertThat(job.waits().ends()).containsOnlyKeys("approval");
            assertThat(job.signals()).isEmpty();
            assertThat(signals.look(new SignalPlace("a", "approval"), Given.QUEUE))
                    .isEqualTo(new Signals.Answer.Missing());
        }
        there(own);
        assertThat(awaiting.of(Given.job("a")).await("approval", HOUR).intValue())
                .isEqualTo(7);
    }

    @Test
    void whatIsNoValueIsNotTaken() {
        var good = SignalMessage.of("a", "approval", "v", 7);
        there(new WireMessage(good.properties(), "{".getBytes(StandardCharsets.UTF_8)));
        assertThatIllegalStateException()
                .isThrownBy(() -> awaiting.of(Given.job("a")).await("approval", HOUR))
                .withMessageStartingWith("the value of signal 'approval' is no JSON: ");
    }

    private void there(WireMessage value) {
        signals.answer(new Signals.Answer.There(value));
    }

    private void waits(Job job, Duration atMost) {
        assertThatThrownBy(() -> awaiting.of(job).await("approval", atMost)).isInstanceOf(SignalAwaitedError.class);
    }

    private static Job carrying(Map<String, Long> ends) {
        return Given.job(Given.message("a").toBuilder()
                .customHeaders(Map.of(JtaskHeaders.SIGNALS, ends))
                .build());
    }
}
