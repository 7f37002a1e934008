package dev.jtask.worker.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextStepTest {

    private final Logger logger = Logger.getLogger(LogContextStep.class.getName());
    private final Lines lines = new Lines();
    private final LogContextStep step = new LogContextStep();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(lines);
        logger.setLevel(null);
    }

    @Test
    void namesTheTaskInTheLogWhileItRuns() {
        var job = Given.job(Given.message("a").toBuilder().retries(2).build());

        step.around(job, onward -> {
            assertThat(MDC.getCopyOfContextMap())
                    .isEqualTo(Map.of("task", "t.x", "id", "a", "attempt", "3", "queue", "q"));
            return Around.RUN;
        });

        assertThat(MDC.get("id")).isNull();
    }

    @Test
    void clearsTheContextAfterAStepThatThrows() {
        assertThatThrownBy(() -> step.around(Given.job("a"), onward -> {
                    throw new AssertionError("broken");
                }))
                .isInstanceOf(AssertionError.class);

        assertThat(MDC.get("id")).isNull();
    }

    @Test
    void warnsOfAFailureWithItsTrace() {
        ends(failed(Outcome.Failed.Kind.UNEXPECTED));

        assertThat(lines.all).containsExactly("WARNING t.x failed: Boom('x')\ntrace");
    }

    @Test
    void warnsOfAFailureThatHasNoTraceInOneLine() {
        ends(new Outcome.Failed(RemoteError.celery("Boom", "x"), null, Outcome.Failed.Kind.UNEXPECTED));

        assertThat(lines.all).containsExactly("WARNING t.x failed: Boom('x')");
    }

    @Test
    void saysTheRestQuietly() {
        ends(failed(Outcome.Failed.Kind.EXPECTED));
        ends(Around.RUN);
        ends(new Outcome.Revoked(Outcome.Revoked.EXPIRED));

        assertThat(lines.all).containsExactly("FINE t.x failed", "FINE t.x succeeded", "FINE t.x revoked");
    }

    private static Outcome failed(Outcome.Failed.Kind kind) {
        return new Outcome.Failed(RemoteError.celery("Boom", "x"), "trace", kind);
    }

    private void ends(Outcome outcome) {
        assertThat(step.around(Given.job("a"), new Around().ending(outcome))).isEqualTo(outcome);
    }

    private static final class Lines extends Handler {

        private final List<String> all = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            all.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
