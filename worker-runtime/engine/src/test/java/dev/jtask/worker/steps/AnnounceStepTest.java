package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.RecordingListener;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnnounceStepTest {

    private static final Outcome LATER = new Outcome.Later(Duration.ofSeconds(5), new Outcome.Here(Instant.EPOCH));

    private final Journal journal = new Journal();
    private final AnnounceStep step = new AnnounceStep(new RecordingListener(journal));
    private final Around rest = new Around();

    @Test
    void tellsOfEveryMessageBeforeItRuns() {
        assertThat(step.around(Given.job("a"), job -> {
                    assertThat(journal.lines()).containsExactly("received a");
                    return Around.RUN;
                }))
                .isEqualTo(Around.RUN);
        pass(Given.message("a"));
        pass(Given.message("b"));

        assertThat(journal.lines()).containsExactly("received a", "received a", "received b");
    }

    @Test
    void tellsOfOneThatWaitedOnce() {
        rest.ending(LATER);
        pass(Given.message("a"));
        pass(Given.message("a"));
        rest.ending(Around.RUN);
        pass(Given.message("a"));
        assertThat(journal.lines()).containsExactly("received a");

        pass(Given.message("a"));
        assertThat(journal.lines()).as("a new one with the id").containsExactly("received a", "received a");
    }

    @Test
    void tellsOfARetryAsOfANewOne() {
        rest.ending(LATER);
        pass(Given.message("a"));
        pass(Given.message("a").toBuilder().retries(1).build());

        assertThat(journal.lines()).hasSize(2);
    }

    @Test
    void tellsOfTheOldestAgainWhenTooManyWait() {
        rest.ending(LATER);
        for (int i = 0; i <= 10_000; i++) {
            pass(Given.message("a" + i));
        }
        journal.clear();

        pass(Given.message("a1"));
        pass(Given.message("a0"));

        assertThat(journal.lines()).containsExactly("received a0");
    }

    @Test
    void letsWhatIsThrownPass() {
        assertThatThrownBy(() -> step.around(Given.job("a"), job -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
    }

    private void pass(TaskMessage message) {
        step.around(Given.job(message), rest);
    }
}
