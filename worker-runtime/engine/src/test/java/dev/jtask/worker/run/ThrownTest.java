package dev.jtask.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.task.Task;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.RecordingEmitter;
import dev.jtask.worker.fakes.RecordingErrands;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.fakes.UserCode;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskBody;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ThrownTest {

    private static final String USER = "at dev.jtask.worker.fakes.UserCode.";

    private final RecordingErrands errands = new RecordingErrands();
    private final List<Interceptor> steps = new ArrayList<>();

    @Test
    void showsTheFramesOfTheTaskAndNoneBelowThem() {
        var trace = trace((args, kwargs, context) -> UserCode.fails());

        assertThat(trace.lines().toList()).first().isEqualTo("java.lang.IllegalStateException: boom");
        assertThat(frames(trace).getFirst()).startsWith(USER + "deeper(");
        assertThat(frames(trace).get(1)).startsWith(USER + "fails(");
        assertOnlyTheTasks(trace);
    }

    @Test
    void showsNoReflectionOfATaskThatIsAMethod() {
        var trace = trace(TaskClasses.of(new Failing()).getFirst());

        assertThat(frames(trace)).last().asString().contains("ThrownTest$Failing.x(");
        assertOnlyTheTasks(trace);
    }

    @Test
    void showsTheFramesOfTheTaskInCausesToo() {
        var trace = trace((args, kwargs, context) -> UserCode.wraps());

        var cause = trace.substring(trace.indexOf("Caused by: java.io.IOException: no disk"));
        assertThat(frames(cause).getFirst()).startsWith(USER + "io(");
        assertOnlyTheTasks(trace);
    }

    @Test
    void showsTheFramesOfTheTaskInWhatWasSuppressed() {
        var trace = trace((args, kwargs, context) -> UserCode.suppresses());

        var suppressed = trace.substring(trace.indexOf("Suppressed: java.lang.IllegalArgumentException: inner"));
        assertThat(frames(suppressed).getFirst()).startsWith(USER + "suppresses(");
        assertOnlyTheTasks(trace);
    }

    @Test
    void showsTheTaskThatUsedItsContext() {
        errands.answer(CompletableFuture.failedFuture(BrokerFailures.refused("too large")));

        var trace = trace((args, kwargs, context) -> UserCode.calls(() -> context.send("t.other")));

        var section = trace.substring(0, trace.indexOf("Caused by: "));
        assertThat(section).contains("too large").contains(USER + "calls(");
        assertThat(frames(section)).last().asString().contains("ThrownTest.lambda");
    }

    @Test
    void showsAnInterceptorOfTheUsersAsItsOwnTask() {
        steps.add((job, next) -> {
            UserCode.fails();
            return next.proceed(job);
        });

        var trace = trace(Given.DEFINITION);

        assertThat(frames(trace).getFirst()).startsWith(USER + "deeper(");
        assertOnlyTheTasks(trace);
    }

    @Test
    void keepsTheLinesOfATextThatLookLikeFrames() {
        var thrown = new IllegalStateException("remote:\nat dev.jtask.worker.runner.Mine(X.java)\nend");

        assertThat(Thrown.traceback(thrown))
                .contains("at dev.jtask.worker.runner.Mine")
                .contains("\nend\n");
    }

    @Test
    void keepsTheFramesOfAnExceptionFromAnotherThread() throws InterruptedException {
        var caught = new ArrayList<Throwable>();
        var thread = Thread.ofPlatform().start(() -> caught.add(caught(UserCode::fails)));
        thread.join();

        var trace = trace((args, kwargs, context) -> {
            throw new IOException(caught.getFirst());
        });

        assertThat(trace.substring(trace.indexOf("Caused by"))).contains(USER + "deeper(");
        assertThat(trace).doesNotContain(Call.class.getName());
    }

    @Test
    void isCutWhereItWouldNoLongerBeRead() {
        var trace = Thrown.traceback(new IllegalStateException("x".repeat(100_000)));

        assertThat(trace).hasSize(16 * 1024 + 1).endsWith("x…");
    }

    @Test
    void isCutBetweenCharacters() {
        assertThat(Thrown.traceback(new IllegalStateException("😀".repeat(10_000))))
                .endsWith("😀…");
        assertThat(Thrown.traceback(new IllegalStateException("x" + "😀".repeat(10_000))))
                .endsWith("😀…");
    }

    @Test
    void survivesRingsOfCauses() {
        var ring = UserCode.ring();

        assertThat(Thrown.traceback(ring)).contains("CIRCULAR REFERENCE");
        assertThat(Thrown.isInterrupt(ring)).isFalse();
        assertThat(Thrown.error(ring).type()).isEqualTo("RuntimeException");
    }

    @Test
    void survivesExceptionsWhoseMethodsThrow() {
        assertThat(Thrown.error(new UserCode.SilentException()))
                .isEqualTo(new RemoteError(
                        "SilentException",
                        List.of("its text cannot be read: java.lang.IllegalStateException"),
                        "dev.jtask.worker.fakes"));
        assertThat(Thrown.traceback(new UserCode.UnprintableException()))
                .isEqualTo(UserCode.UnprintableException.class.getName() + " (its stack trace cannot be read)");
        assertThat(Thrown.isInterrupt(new UserCode.CauselessException())).isFalse();
    }

    @Test
    void namesAnExceptionWithoutANameAfterItsFamily() {
        assertThat(Thrown.error(new IllegalStateException("boom") {}).type()).isEqualTo("IllegalStateException");
    }

    @Test
    void findsAnInterruptBehindOtherExceptions() {
        assertThat(Thrown.isInterrupt(new RuntimeException(new IOException(new InterruptedException()))))
                .isTrue();
        assertThat(Thrown.isInterrupt(new RuntimeException(new IOException()))).isFalse();
    }

    private static Throwable caught(Supplier<?> code) {
        try {
            return new AssertionError("nothing was thrown, but " + code.get());
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static List<String> frames(String trace) {
        return trace.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("at "))
                .toList();
    }

    private static void assertOnlyTheTasks(String trace) {
        assertThat(frames(trace))
                .isNotEmpty()
                .allMatch(frame -> frame.startsWith(USER) || frame.contains("ThrownTest"), "a frame of the user's");
    }

    private String trace(TaskBody body) {
        return trace(TaskDefinition.of(Given.TASK, body));
    }

    private String trace(TaskDefinition definition) {
        var pipeline = new Pipeline(
                new Dispatch(new Routes(List.of()), new TaskRegistry(List.of(definition))),
                steps,
                new TimeLimiter(new HandTimer()),
                errands,
                new RecordingEmitter(),
                FakeSignals.awaiting(),
                () -> 0L,
                new SettableClock());
        var message = Given.message("a").toBuilder().build();
        var outcome = pipeline.run(Given.job(message, definition), (job, exceeded) -> {});
        return outcome instanceof Outcome.Failed failed && failed.traceback() != null
                ? failed.traceback()
                : "no trace in " + outcome;
    }

    /// A task of the annotated sort.
    public static final class Failing {

        @Task("t.x")
        public Object x() {
            return UserCode.fails();
        }
    }
}
