package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.RecordingErrands;
import dev.jtask.worker.fakes.RecordingListener;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.registry.TaskOptions.Trait;
import dev.jtask.worker.run.Disposition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartStepTest {

    private final Journal journal = new Journal();
    private final FakeReceipt receipt = new FakeReceipt(journal);
    private final RecordingErrands errands = new RecordingErrands();
    private final StartStep step = new StartStep(new RecordingListener(journal), errands, "worker@here");

    @Test
    void tellsTheListenerAndNobodyElse() {
        start();

        assertThat(journal.lines()).containsExactly("started a", "run");
        assertThat(receipt.settled()).isEmpty();
        assertThat(errands.reports()).isEmpty();
    }

    @Test
    void acknowledgesBeforeTheRunWhereTheTaskSaysSo() {
        start(Trait.ACKS_EARLY);

        assertThat(journal.lines()).containsExactly("ack", "started a", "run");
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack());
    }

    @Test
    void tellsTheSenderWhereTheTaskRuns() {
        start(Trait.TRACKS_START);

        assertThat(errands.reports())
                .containsExactly(new RecordingErrands.Report(
                        "a", "STARTED", Map.of("pid", ProcessHandle.current().pid(), "hostname", "worker@here")));
    }

    private void start(Trait... traits) {
        var task = Given.DEFINITION.withOptions(TaskOptions.DEFAULT.with(traits));
        var outcome = step.around(Given.job(Given.message("a"), task, receipt), job -> {
            journal.note("run");
            return Around.RUN;
        });
        assertThat(outcome).isEqualTo(Around.RUN);
    }
}
