package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.topology.SignalPlace;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SignalSweepTest {

    private static final SignalPlace APPROVAL = new SignalPlace("a", "approval");
    private static final Outcome DONE = new Outcome.Done(NullNode.instance);

    private final FakeSignals signals = new FakeSignals();
    private final HandTimer timer = new HandTimer();
    private final AtomicReference<String> session = new AtomicReference<>("first");
    private final SignalSweep sweep = new SignalSweep(signals, session::get, timer);

    @Test
    void whatATaskHasWaitedForIsForgottenAWhileAfterItsEnd() {
        ends(DONE);
        timer.pass(SignalSweep.AFTER.minusSeconds(1));
        assertThat(signals.forgotten).isEmpty();

        timer.pass(Duration.ofSeconds(1));
        assertThat(signals.forgotten).containsExactly(new FakeSignals.Forgotten(APPROVAL, null));
    }

    @Test
    void ofValuesOnlyTheOneThatTheTaskGot() {
        var job = job();
        job.got("approval", "v");
        sweep.ended(job, DONE, Duration.ZERO);
        timer.pass(SignalSweep.AFTER);

        assertThat(signals.forgotten).containsExactly(new FakeSignals.Forgotten(APPROVAL, "v"));
    }

    @Test
    void notWhereItMayRunAgain() {
        ends(DONE);
        session.set("second");
        ends(new Outcome.Later(Duration.ofSeconds(1), new Outcome.InTheBroker()));
        timer.pass(SignalSweep.AFTER);

        assertThat(signals.forgotten).isEmpty();
    }

    private void ends(Outcome outcome) {
        sweep.ended(job(), outcome, Duration.ZERO);
    }

    private static Job job() {
        return Given.job(Given.message("a").toBuilder()
                .customHeaders(Map.of(JtaskHeaders.SIGNALS, Map.of("approval", 7L)))
                .build());
    }
}
