package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TimeLimits;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.task.TaskContext;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.RecordingEmitter;
import dev.jtask.worker.fakes.RecordingErrands;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private final Journal journal = new Journal();
    private final RecordingErrands errands = new RecordingErrands();
    private final List<TaskContext> contexts = new ArrayList<>();
    private final TaskDefinition task = TaskDefinition.of(Given.TASK, (args, kwargs, context) -> {
        journal.note("task");
        contexts.add(context);
        return 5;
    });

    @Test
    void passesEachStepOnItsWayInAndOut() {
        var outcome = run(
                (job, next) -> {
                    journal.note("into first");
                    var ended = next.proceed(job);
                    journal.note("out of first");
                    return ended;
                },
                (job, next) -> {
                    journal.note("into second");
                    var ended = next.proceed(job);
                    journal.note("out of second");
                    return ended;
                });

        assertThat(outcome).isEqualTo(new Outcome.Done(IntNode.valueOf(5)));
        assertThat(journal.lines())
                .containsExactly("into first", "into second", "task", "out of second", "out of first");
    }

    @Test
    void endsWhereAStepDecides() {
        var decided = new Outcome.Revoked(Outcome.Revoked.EXPIRED);

        assertThat(run((job, next) -> decided, PipelineTest::onward)).isEqualTo(decided);
        assertThat(journal.lines()).isEmpty();
    }

    @Test
    void aStepMayChangeTheMessageForThoseThatFollow() {
        var job = job();
        run(job, (one, next) -> next.proceed(one.with(Given.message("changed"))), (one, next) -> {
            journal.note("second sees " + one.message().id());
            return next.proceed(one);
        });

        assertThat(journal.lines()).containsExactly("second sees changed", "task");
        assertThat(contexts.getFirst().id()).isEqualTo("changed");
        assertThat(job.latest().message().id()).isEqualTo("changed");
    }

    @Test
    void aStepThatThrowsIsAFailure() {
        assertFails(
                run((job, next) -> {
                    throw new IllegalStateException("broken step");
                }),
                "IllegalStateException");
        assertFails(
                run((job, next) -> {
                    throw new NoClassDefFoundError("its library");
                }),
                "NoClassDefFoundError");
    }

    @Test
    void aStepThatThrowsAfterTheTaskIsAFailureToo() {
        var outcome = run((job, next) -> {
            next.proceed(job);
            throw new AssertionError("broken step");
        });

        assertFails(outcome, "AssertionError");
        assertThat(journal.lines()).as("once").containsExactly("task");
    }

    @Test
    @SuppressWarnings("NullAway") // what an interceptor without null checks may do
    void aStepThatAnswersNothingIsAFailureThatNamesIt() {
        Interceptor silent = (job, next) -> null;

        assertThat(run(silent))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error().message())
                                .contains(silent.getClass().getName())
                                .contains("no outcome"));
    }

    @Test
    void aTaskThatIsNotHerePassesNoStep() {
        var pipeline = pipeline((job, next) -> {
            throw new AssertionError("a step ran");
        });
        var job = Given.job(Given.message("a"), pipeline.definition("who.knows"));

        assertThat(pipeline.run(job, (one, outcome) -> {})).isEqualTo(Unregistered.refused("t.x", 1));
        assertThat(pipeline.definition(Given.TASK)).isSameAs(task);
    }

    @Test
    void tellsTheTaskItsDeadlineAndItsWay() {
        var message = Given.message("a").toBuilder()
                .timeLimits(new TimeLimits(9.0, 2.5))
                .retries(2)
                .build();
        run(Given.job(message, task));

        var context = contexts.getFirst();
        assertThat(context.deadline()).contains(SettableClock.START.plusMillis(2_500));
        assertThat(context.queue()).isEqualTo(Given.QUEUE);
        assertThat(context.attempt()).isEqualTo(3);
        assertThat(context.redelivered()).isFalse();
    }

    @Test
    void tellsTheTaskWhenAWorkerHadItBefore() {
        var first = Given.delivery(Given.wire(Given.message("a")), new FakeReceipt());
        var again = new Delivery(first.queue(), first.message(), true, first.at(), null, first.receipt());
        run(new Job(again, Given.message("a"), task, SettableClock.START));

        assertThat(contexts.getFirst().redelivered()).isTrue();
        assertThat(contexts.getFirst().deadline()).isEqualTo(Optional.empty());
    }

    @Test
    void tellsTheTaskSoAlsoWhenItsMessageWasPutIntoItsQueueAnewSince() {
        var wire = Given.wire(Given.message("a"));
        var headers = new LinkedHashMap<>(wire.properties().headers());
        headers.put(JtaskHeaders.REDELIVERIES, 1);
        var copy = new WireMessage(wire.properties().withHeaders(headers), wire.body());
        run(new Job(Given.delivery(copy, new FakeReceipt()), Given.message("a"), task, SettableClock.START));

        assertThat(contexts.getFirst().redelivered()).isTrue();
    }

    private static void assertFails(Outcome outcome, String type) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.error().type()).isEqualTo(type);
            assertThat(failed.kind()).isEqualTo(Outcome.Failed.Kind.UNEXPECTED);
        });
    }

    private static Outcome onward(Job job, Interceptor.Next next) {
        return next.proceed(job);
    }

    private Job job() {
        return Given.job(Given.message("a"), task);
    }

    private Outcome run(Interceptor... steps) {
        return run(job(), steps);
    }

    private Outcome run(Job job, Interceptor... steps) {
        return pipeline(steps).run(job, (one, outcome) -> {});
    }

    private Pipeline pipeline(Interceptor... steps) {
        return new Pipeline(
                new Dispatch(new Routes(List.of()), new TaskRegistry(List.of(task))),
                List.of(steps),
                new TimeLimiter(new HandTimer()),
                errands,
                new RecordingEmitter(),
                FakeSignals.awaiting(),
                () -> 0L,
                new SettableClock());
    }
}
