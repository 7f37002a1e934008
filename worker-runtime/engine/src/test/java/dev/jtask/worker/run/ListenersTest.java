package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.RecordingListener;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenersTest {

    private final Journal journal = new Journal();

    static List<Runnable> failures() {
        return List.of(
                () -> {},
                () -> {
                    throw new IllegalStateException("a meter that fails");
                },
                () -> {
                    throw new NoClassDefFoundError("a tracer that is not there");
                },
                () -> {
                    throw new AssertionError("an extension that asserts");
                },
                () -> {
                    throw new StackOverflowError();
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tellsEveryOneWhateverTheOneBeforeDoes(Runnable failure) {
        var listeners =
                new Listeners(List.of(new RecordingListener(journal).failing(failure), new RecordingListener(journal)));
        var job = Given.job("a");
        var done = new Outcome.Done(NullNode.instance);

        listeners.received(job);
        listeners.started(job.message());
        listeners.ended(job, done, Duration.ZERO);
        listeners.lost(job, done);

        assertThat(journal.lines())
                .containsExactly(
                        "received a",
                        "received a",
                        "started a",
                        "started a",
                        "ended succeeded",
                        "ended succeeded",
                        "lost succeeded",
                        "lost succeeded");
    }
}
