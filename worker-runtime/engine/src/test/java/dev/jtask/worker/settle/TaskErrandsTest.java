package dev.jtask.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.broker.Patience;
import dev.jtask.broker.TaskSender;
import dev.jtask.protocol.flow.Routed;
import dev.jtask.protocol.message.Route;
import dev.jtask.worker.fakes.FakeBackend;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.registry.TaskOptions.Trait;
import dev.jtask.worker.run.Job;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskErrandsTest {

    private final FakeBackend backend = new FakeBackend();
    private final RecordingSender sender = new RecordingSender();
    private final TaskErrands errands = new TaskErrands(
            backend, new TaskSender(sender, TaskSender.Waiting.IN_THE_BROKER, new SettableClock()), AfterCommit.NONE);
    private final List<CompletableFuture<Void>> stored = new ArrayList<>();
    private final Job job = Given.job("a");

    @Test
    void tellsTheSenderHowFarATaskIs() {
        errands.report(job, "PROGRESS", 5);

        var told = backend.told().getFirst();
        assertThat(told.to()).isEqualTo(Effects.sender("a"));
        assertThat(told.status()).isEqualTo("PROGRESS");
        assertThat(told.result().result()).isEqualTo(IntNode.valueOf(5));
    }

    @Test
    void refusesAStateThatNobodyCouldRead() {
        assertThatThrownBy(() -> errands.report(job, "PROGRESS", BigInteger.TEN.pow(10_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the PROGRESS that is reported has a number of more than 10000 digits, which nobody reads");
        assertThat(backend.told()).isEmpty();
    }

    @Test
    void keepsTheNewestWhileOneIsUnderWay() {
        hold();

        for (int i = 1; i <= 1_000; i++) {
            errands.report(job, "PROGRESS", i);
        }
        assertThat(values()).containsExactly(1);

        stored.getFirst().complete(null);
        assertThat(values()).containsExactly(1, 1_000);
        stored.getLast().complete(null);
        errands.report(job, "PROGRESS", 1_001);
        assertThat(values()).containsExactly(1, 1_000, 1_001);
    }

    @Test
    void keepsThoseOfSeveralTasksApart() {
        hold();

        errands.report(job, "PROGRESS", 1);
        errands.report(Given.job("b"), "PROGRESS", 2);

        assertThat(values()).containsExactly(1, 2);
    }

    @Test
    void goesOnAfterAReportThatWasLost() {
        hold();
        errands.report(job, "PROGRESS", 1);
        errands.report(job, "PROGRESS", 2);

        stored.getFirst().completeExceptionally(BrokerFailures.unroutable("replies"));

        assertThat(values()).containsExactly(1, 2);
    }

    @Test
    void reportsNothingOfATaskWhoseEndIsDecided() {
        hold();
        errands.report(job, "PROGRESS", 1);
        errands.report(job, "PROGRESS", 2);

        job.claim();
        stored.getFirst().complete(null);
        errands.report(job, "PROGRESS", 3);

        assertThat(values())
                .as("the result comes, and nothing may come after it")
                .containsExactly(1);
    }

    @Test
    void tellsNobodyWhoDoesNotWantToKnow() {
        errands.report(
                Given.job(
                        Given.message("a"),
                        Given.DEFINITION.withOptions(TaskOptions.DEFAULT.with(Trait.IGNORES_RESULT))),
                "PROGRESS",
                1);

        assertThat(backend.told()).isEmpty();
    }

    @Test
    void saysToTheTaskThatAValueCannotBeWritten() {
        assertThatThrownBy(() -> errands.report(job, "PROGRESS", new Object()))
                .isInstanceOf(IllegalArgumentException.class);

        errands.report(job, "PROGRESS", 1);
        assertThat(values()).containsExactly(1);
    }

    @Test
    void reportsAgainAfterABackendThatThrew() {
        backend.answer(result -> {
            throw new IllegalStateException("not written");
        });
        assertThatThrownBy(() -> errands.report(job, "PROGRESS", 1)).hasMessage("not written");

        hold();
        errands.report(job, "PROGRESS", 2);
        assertThat(values()).containsExactly(2);
    }

    @Test
    void sendsTasksWithEndlessPatience() {
        sender.hold();
        var sent = errands.send(new Routed(Route.toQueue("next"), Given.message("b")));

        assertThat(sender.destinations()).containsExactly("next");
        assertThat(sender.last().patience()).isEqualTo(Patience.ENDLESS);
        assertThat(sent).isNotDone();
        sender.last().answer().complete(null);
        assertThat(sent).isCompleted();
    }

    private void hold() {
        backend.answer(result -> {
            var one = new CompletableFuture<Void>();
            stored.add(one);
            return one;
        });
    }

    private List<Integer> values() {
        return backend.told().stream()
                .map(told -> told.result().result().asInt())
                .toList();
    }
}
