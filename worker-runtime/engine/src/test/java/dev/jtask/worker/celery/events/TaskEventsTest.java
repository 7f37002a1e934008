package dev.jtask.worker.celery.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jtask.protocol.event.TaskEvent;
import dev.jtask.protocol.event.TaskEvent.Rejected.Then;
import dev.jtask.protocol.event.TaskEvent.Revoked.Cause;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.run.Outcome;
import dev.jtask.worker.run.Outcome.Returned.Why;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskEventsTest {

    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final RemoteError ERROR = new RemoteError("IllegalStateException", List.of("boom"), "java.lang");

    @Test
    void saysHowATaskEnded() {
        var value = TextNode.valueOf("x");
        assertThat(event(new Outcome.Done(value))).contains(new TaskEvent.Succeeded(value, BUSY));
        assertThat(event(new Outcome.Failed(ERROR, "at", Outcome.Failed.Kind.UNEXPECTED)))
                .contains(new TaskEvent.Failed(ERROR, "at"));
        assertThat(event(new Outcome.Retry(BUSY, ERROR, "at"))).contains(new TaskEvent.Retried(ERROR, "at"));
        assertThat(event(new Outcome.Returned(Why.WISH))).contains(new TaskEvent.Rejected(Then.REQUEUED));
    }

    @Test
    void tellsTheCausesOfARevocationApart() {
        assertThat(event(new Outcome.Revoked(Outcome.Revoked.REVOKED)))
                .contains(new TaskEvent.Revoked(Cause.REQUESTED));
        assertThat(event(new Outcome.Revoked(Outcome.Revoked.TERMINATED)))
                .contains(new TaskEvent.Revoked(Cause.TERMINATED));
        assertThat(event(new Outcome.Revoked(Outcome.Revoked.EXPIRED))).contains(new TaskEvent.Revoked(Cause.EXPIRED));
    }

    @Test
    void aTaskThatDoesNotWantItsMessageHasNotFailed() {
        var unfit = Outcome.Refused.unfit("NotRegistered", "no such task");
        assertThat(event(unfit)).contains(new TaskEvent.Failed(unfit.error(), null));
        assertThat(event(new Outcome.Refused("no", ERROR, Outcome.Refused.Kind.WISH, 0)))
                .contains(new TaskEvent.Rejected(Then.DEAD_LETTERED));
    }

    @Test
    void saysNothingOfATaskThatIsNotOverOrThatNobodyIsToldOf() {
        assertThat(event(new Outcome.Later(BUSY, new Outcome.InTheBroker()))).isEmpty();
        assertThat(event(new Outcome.Done(TextNode.valueOf("x"), Outcome.Telling.NOTHING, null)))
                .isEmpty();
    }

    private static Optional<TaskEvent> event(Outcome outcome) {
        return TaskEvents.event(outcome, BUSY);
    }
}
