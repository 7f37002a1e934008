package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.registry.TaskOptions;
import dev.jtask.worker.registry.TaskOptions.Trait;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTest {

    private final Job job = Given.job("a");

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void interruptsATaskThatRuns() throws InterruptedException {
        job.enter();

        job.cancel(Job.Cause.REVOKED);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(job.cause()).isEqualTo(Job.Cause.REVOKED);
    }

    @Test
    void letsATaskThatIsCancelledBeforeItsStartFindOut() {
        job.cancel(Job.Cause.WORKER_STOPS);

        assertThatThrownBy(job::enter).isInstanceOf(InterruptedException.class);
        assertThat(job.hasRun()).isFalse();
    }

    @Test
    void leavesTheThreadAloneAfterTheTask() throws InterruptedException {
        job.enter();
        job.leave();

        job.cancel(Job.Cause.TIME_LIMIT);

        assertThat(Thread.interrupted()).isFalse();
        assertThat(job.cause()).as("it was too late to ask").isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "REVOKED, WORKER_STOPS, REVOKED",
        "REVOKED, SOFT_TIME_LIMIT, REVOKED",
        "REVOKED, TIME_LIMIT, REVOKED",
        "WORKER_STOPS, REVOKED, REVOKED",
        "WORKER_STOPS, SOFT_TIME_LIMIT, WORKER_STOPS",
        "WORKER_STOPS, TIME_LIMIT, WORKER_STOPS",
        "TIME_LIMIT, WORKER_STOPS, TIME_LIMIT",
        "TIME_LIMIT, REVOKED, TIME_LIMIT",
        "SOFT_TIME_LIMIT, TIME_LIMIT, TIME_LIMIT",
        "SOFT_TIME_LIMIT, WORKER_STOPS, WORKER_STOPS",
        "SOFT_TIME_LIMIT, REVOKED, REVOKED"
    })
    void whatEndsItForGoodStaysTheReason(Job.Cause first, Job.Cause later, Job.Cause reason)
            throws InterruptedException {
        var waiting = Given.job("w");
        waiting.cancel(first);
        waiting.cancel(later);
        assertThat(waiting.cause()).isEqualTo(reason);

        job.enter();
        job.cancel(first);
        assertThat(Thread.interrupted()).isTrue();
        job.cancel(later);
        assertThat(Thread.interrupted()).as("it is told each time").isTrue();
        assertThat(job.cause()).isEqualTo(reason);
    }

    @Test
    void theThreadThatIsInterruptedIsTheOneThatRunsTheTask() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var thread = Thread.ofVirtual().start(() -> {
            try {
                job.enter();
                entered.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                job.leave();
            }
        });
        entered.await();

        job.cancel(Job.Cause.SOFT_TIME_LIMIT);

        thread.join();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isClaimedOnce() {
        assertThat(job.isClaimed()).isFalse();
        assertThat(job.claim()).isTrue();
        assertThat(job.claim()).isFalse();
        assertThat(job.with(Given.message("b")).claim())
                .as("its other versions too")
                .isFalse();
        assertThat(job.isClaimed()).isTrue();
    }

    @Test
    void isClaimedByOneOfTwoWhoTryAtOnce() throws Exception {
        var start = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 500; round++) {
                var contested = Given.job("a");
                Callable<Boolean> claim = () -> {
                    start.await();
                    return contested.claim();
                };
                var one = threads.submit(claim);
                var other = threads.submit(claim);
                assertThat(Stream.of(one.get(), other.get()).filter(won -> won)).hasSize(1);
            }
        }
    }

    @Test
    void sharesAllButItsMessageWithItsOtherVersions() {
        var other = job.with(Given.message("b"));

        job.children().add("child");
        job.cancel(Job.Cause.REVOKED);

        assertThat(other.children()).containsExactly("child");
        assertThat(other.cause()).isEqualTo(Job.Cause.REVOKED);
        assertThat(other.delivery()).isSameAs(job.delivery());
        assertThat(other.message().id()).isEqualTo("b");
        assertThat(job.message().id()).isEqualTo("a");
    }

    @Test
    void knowsWhatTheLastStepMadeOfIt() {
        assertThat(job.latest()).isSameAs(job);
        var second = job.with(Given.message("b"));
        var third = second.with(Given.message("c"));
        assertThat(job.latest()).isSameAs(third);
        assertThat(second.latest()).isSameAs(third);
    }

    @ParameterizedTest
    @CsvSource({",false,true", ",true,false", "true,false,false", "false,true,true"})
    void theSendersWordOnTheResultBeatsTheTasksOwn(Boolean sender, boolean ignoredByTask, boolean wanted) {
        var message = Given.message("a").toBuilder().ignoreResult(sender).build();
        var options = ignoredByTask ? TaskOptions.DEFAULT.with(Trait.IGNORES_RESULT) : TaskOptions.DEFAULT;

        assertThat(Given.job(message, Given.DEFINITION.withOptions(options)).isResultWanted())
                .isEqualTo(wanted);
    }

    @Test
    void isNamedByItsTaskAndId() {
        assertThat(job).hasToString("t.x[a]");
    }
}
