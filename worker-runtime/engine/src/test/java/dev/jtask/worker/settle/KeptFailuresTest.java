package dev.jtask.worker.settle;

import static dev.jtask.worker.settle.Effects.BOOM;
import static dev.jtask.worker.settle.Effects.DONE;
import static dev.jtask.worker.settle.Effects.FAILED;
import static dev.jtask.worker.settle.Effects.after;
import static dev.jtask.worker.settle.Effects.failure;
import static dev.jtask.worker.settle.Effects.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jtask.backend.Joined;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Job;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptFailuresTest {

    private static final TaskDefinition WISHES =
            Given.DEFINITION.withOptions(TaskOptions.DEFAULT.with(TaskOptions.Trait.KEEPS_FAILED));

    private final Instant now = SettableClock.START;
    private final FakeCanvas canvas = new FakeCanvas();
    private final Job wishing = Given.job(Given.message("a"), WISHES);
    private final AfterTask ofTasks = new KeptFailures(canvas, queue -> false);
    private final AfterTask ofQueues = new KeptFailures(canvas, queue -> queue.equals(Given.QUEUE));

    @Test
    void whatFailedIsKeptAfterAllElse() {
        canvas.follow(outcome -> after(send("errback")));

        assertThat(Ending.of(wishing, FAILED, ofTasks, now))
                .isEqualTo(new Ending(
                        List.of(
                                failure("a"),
                                send("errback"),
                                new Effect.KeepFailed(new Effect.DeadLetter("the task failed", 1, BOOM.display()))),
                        new Disposition.Ack()));
    }

    @Test
    void itSaysHowOftenItWasTried() {
        var retried = Given.job(Given.message("a").toBuilder().retries(3).build(), WISHES);

        assertThat(kept(ofTasks, retried, FAILED).letter().attempts()).isEqualTo(4);
    }

    @Test
    void aQueueKeepsTheFailedTasksThatDoNotWishIt() {
        assertThat(kept(ofQueues, Given.job("a"), FAILED).letter().reason()).isEqualTo("the task failed");
        assertThat(ofTasks.after(Given.job("a"), FAILED, now)).isEqualTo(AfterTask.Sequel.NONE);
    }

    @Test
    void nothingElseIsAFailure() {
        var others = List.of(
                DONE,
                new Outcome.Failed(BOOM, "trace", Outcome.Failed.Kind.EXPECTED),
                new Outcome.Retry(Duration.ZERO, BOOM, "trace"),
                new Outcome.Revoked(Outcome.Revoked.EXPIRED),
                Outcome.Refused.unfit("Reject", "no task"),
                new Outcome.Returned(Outcome.Returned.Why.WISH));

        for (var outcome : others) {
            assertThat(ofQueues.after(wishing, outcome, now)).as("%s", outcome).isEqualTo(AfterTask.Sequel.NONE);
        }
    }

    @Test
    void whatIsSecretIsNotShown() {
        var secret = Given.job(
                Given.message("a").toBuilder()
                        .kwargs(JsonNodeFactory.instance.objectNode().put("password", "hunter2hunter2"))
                        .build(),
                WISHES);
        var telling = new Outcome.Failed(
                new RemoteError("Boom", List.of("no hunter2hunter2 here"), "com.acme"),
                "trace",
                Outcome.Failed.Kind.UNEXPECTED);

        var letter = kept(ofTasks, secret, telling).letter();
        assertThat(letter.toString()).doesNotContain("hunter2").contains("Boom");
        assertThat(letter.shown()).isNotNull();
    }

    @Test
    void aChordIsJoinedAsWithoutIt() {
        canvas.join(joined -> List.of(send("body")));

        assertThat(ofTasks.joined(
                        wishing,
                        Effects.count("mine", "SUCCESS"),
                        new Joined.Results(JsonNodeFactory.instance.arrayNode()),
                        now))
                .containsExactly(send("body"));
    }

    private Effect.KeepFailed kept(AfterTask of, Job job, Outcome outcome) {
        return (Effect.KeepFailed) of.after(job, outcome, now).after().getLast();
    }
}
