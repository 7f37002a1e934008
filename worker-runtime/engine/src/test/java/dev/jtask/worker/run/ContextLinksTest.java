package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.PublishNotConfirmedException;
import dev.jtask.broker.PublishRefusedException;
import dev.jtask.protocol.message.Route;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingEmitter;
import dev.jtask.worker.fakes.RecordingErrands;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.RetryPolicy;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.SharedLimits;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.registry.TaskRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ContextLinksTest {

    private final RecordingErrands errands = new RecordingErrands();
    private final RecordingEmitter emitter = new RecordingEmitter();
    private final SettableClock clock = new SettableClock();
    private final TaskDefinition known = TaskDefinition.of("t.known", (args, kwargs, context) -> null)
            .withOptions(new TaskOptions(
                    RetryPolicy.DEFAULT, null, null, null, List.of(), Set.of(), "its-queue", 7, SharedLimits.NONE));
    private final Job job = Given.job(Given.message("a").toBuilder()
            .rootId("root")
            .origin("python@shop")
            .customHeaders(Map.of("traceparent", "00-1", "mine", "x"))
            .build());
    private final Dispatch dispatch = new Dispatch(Routes.parse("p.*=py"), new TaskRegistry(List.of(known)));
    private final ContextLinks links = new ContextLinks(job, dispatch, errands, new Emission(job, emitter), clock);

    @Test
    void sendsAChildToTheQueueItsWorkerExpects() {
        var id = links.send(TaskRequest.of("t.known"));

        var sent = errands.sent().getFirst();
        assertThat(sent.route()).isEqualTo(Route.toQueue("its-queue"));
        assertThat(sent.message().id()).isEqualTo(id);
        assertThat(sent.message().parentId()).isEqualTo("a");
        assertThat(sent.message().rootId()).isEqualTo("root");
        assertThat(sent.message().origin()).isEqualTo("python@shop");
        assertThat(sent.message().priority()).isEqualTo(7);
        assertThat(sent.message().customHeaders()).as("the trace goes on").containsEntry("traceparent", "00-1");
        assertThat(sent.message().customHeaders()).doesNotContainKey("mine");
        assertThat(job.children()).containsExactly(id);
    }

    @Test
    void sendsWhatNobodyHereKnowsToTheQueueThatTheTaskCameFrom() {
        links.send(TaskRequest.of("who.knows"));

        assertThat(errands.sent().getFirst().route()).isEqualTo(Route.toQueue(Given.QUEUE));
        assertThat(errands.sent().getFirst().message().priority()).isZero();
    }

    @Test
    void sendsWhatARouteNamesThere() {
        links.send(TaskRequest.of("p.far"));

        assertThat(errands.sent().getFirst().route()).isEqualTo(Route.toQueue("py"));
    }

    @Test
    void leavesItToTheTaskWhetherItsResultIsKept() {
        links.send(TaskRequest.of("t.known"));
        links.send(TaskRequest.of("t.known").ignoringResult());

        assertThat(errands.sent())
                .extracting(sent -> sent.message().ignoreResult())
                .containsExactly(null, true);
    }

    @Test
    void theRequestsOwnWordBeatsBoth() {
        links.send(TaskRequest.of("t.known").queue("else").priority(1));

        assertThat(errands.sent().getFirst().route()).isEqualTo(Route.toQueue("else"));
        assertThat(errands.sent().getFirst().message().priority()).isEqualTo(1);
    }

    @Test
    void beginsATreeWhereTheMessageNamesNoRoot() {
        var orphan = Given.job(Given.message("a").toBuilder().rootId(null).build());

        new ContextLinks(orphan, dispatch, errands, new Emission(orphan, emitter), clock).send(TaskRequest.of("t.y"));

        assertThat(errands.sent().getFirst().message().rootId()).isEqualTo("a");
    }

    @Test
    void countsACountdownByTheWorkersClock() {
        clock.pass(Duration.ofHours(2));

        links.send(TaskRequest.of("t.known").countdown(Duration.ofMinutes(1)));

        assertThat(errands.sent().getFirst().message().eta())
                .isEqualTo(clock.instant().plusSeconds(60));
    }

    @Test
    void aChildThatWasNotSentIsNoChild() {
        errands.answer(CompletableFuture.failedFuture(BrokerFailures.refused("too large")));

        assertThatThrownBy(() -> links.send(TaskRequest.of("t.known")))
                .isInstanceOf(PublishRefusedException.class)
                .hasMessageContaining("too large")
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .as("where the task called")
                        .anyMatch(frame -> frame.getClassName().equals(ContextLinksTest.class.getName())));
        assertThat(job.children()).isEmpty();
    }

    @Test
    void whatATransactionCommitsIsSentThenAndIsAChildThen() {
        var transaction = new ArrayList<AfterCommit.Send>();
        errands.transactions(transaction::add);

        var id = links.send(TaskRequest.of("t.known"));
        assertThat(errands.sent()).isEmpty();
        assertThat(job.children()).isEmpty();

        assertThat(transaction.getFirst().send()).isCompleted();
        assertThat(errands.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.message().id()).isEqualTo(id));
        assertThat(job.children()).containsExactly(id);
    }

    @Test
    void whatATransactionTakesBackIsNotSent() {
        var transaction = new ArrayList<AfterCommit.Send>();
        errands.transactions(transaction::add);

        links.send(TaskRequest.of("t.known"));
        transaction.getFirst().drop();

        assertThat(errands.sent()).isEmpty();
        assertThat(job.children()).isEmpty();
    }

    @Test
    void whereTheTransactionIsRolledBackAlreadyTheTaskHearsOfIt() {
        errands.transactions(send -> {
            send.drop();
            return true;
        });

        assertThatThrownBy(() -> links.send(TaskRequest.of("t.known")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("task t.known was not sent: the transaction on this thread is rolled back");
        assertThat(errands.sent()).isEmpty();
        assertThat(job.children()).isEmpty();
    }

    @Test
    void whatIsNotTakenAfterTheCommitIsNoChild() {
        var transaction = new ArrayList<AfterCommit.Send>();
        errands.transactions(transaction::add);
        errands.answer(CompletableFuture.failedFuture(BrokerFailures.refused("too large")));

        links.send(TaskRequest.of("t.known"));

        assertThat(transaction.getFirst().send()).isCompletedExceptionally();
        assertThat(job.children()).isEmpty();
    }

    @Test
    void aTaskThatIsInterruptedWhileItSendsHearsOfIt() {
        errands.answer(new CompletableFuture<>());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> links.send(TaskRequest.of("t.known")))
                .isInstanceOf(PublishNotConfirmedException.class)
                .hasMessageContaining("interrupted")
                .satisfies(thrown -> assertThat(Thrown.isInterrupt(thrown)).isTrue());
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    }

    @Test
    void reportsAndAsksOnBehalfOfItsJob() {
        links.report("PROGRESS", 5);
        assertThat(errands.reports()).containsExactly(new RecordingErrands.Report("a", "PROGRESS", 5));

        assertThat(links.isCancelled()).isFalse();
        job.cancel(Job.Cause.REVOKED);
        assertThat(links.isCancelled()).isTrue();
    }
}
