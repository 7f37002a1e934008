package dev.jtask.test;

import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/// An assertion about runs of tasks: each method leaves those that fit, and fails when there is none.
public final class TaskRuns {

    private final List<TaskRun> all;
    private final List<TaskRun> these;
    private final String words;

    private TaskRuns(List<TaskRun> all, List<TaskRun> these, String words) {
        this.all = all;
        this.these = these;
        this.words = words;
    }

    /// @throws AssertionError when there is none of this name
    static TaskRuns of(String task, List<TaskRun> all) {
        return new TaskRuns(all, all, "a run")
                .narrow("of '%s'".formatted(task), run -> run.task().equals(task));
    }

    /// From 1.
    public TaskRuns attempt(int number) {
        return narrow("as attempt %d".formatted(number), run -> run.attempt() == number);
    }

    /// It returned.
    public TaskRuns succeeded() {
        return narrow("that succeeded", run -> run.outcome() instanceof Outcome.Done);
    }

    /// It threw exactly this, and is not tried again.
    public TaskRuns failedWith(Class<? extends Throwable> exception) {
        return narrow(
                "that failed with " + exception.getSimpleName(),
                run -> run.outcome() instanceof Outcome.Failed && is(run, exception));
    }

    /// It failed and is tried again.
    public TaskRuns retriedAfter(Duration delay) {
        return narrow(
                "that is tried again in " + delay,
                run -> run.outcome() instanceof Outcome.Retry retry
                        && retry.delay().equals(delay));
    }

    /// Because of this it is tried again.
    public TaskRuns retriedFor(Class<? extends Throwable> exception) {
        return narrow(
                "that is tried again for " + exception.getSimpleName(),
                run -> run.outcome() instanceof Outcome.Retry && is(run, exception));
    }

    /// It came after its expiry, or was revoked.
    public TaskRuns revoked() {
        return narrow("that was revoked", run -> run.outcome() instanceof Outcome.Revoked);
    }

    /// It went to the dead letters.
    public TaskRuns refused() {
        return narrow("that was refused", run -> run.outcome() instanceof Outcome.Refused);
    }

    /// That all of it holds for.
    ///
    /// @param what in words, for the failure
    public TaskRuns that(String what, Predicate<TaskRun> condition) {
        return narrow(what, condition);
    }

    /// Exactly one.
    public TaskRun once() {
        times(1);
        return these.get(0);
    }

    /// Exactly so many.
    public List<TaskRun> times(int count) {
        if (these.size() != count) {
            throw new AssertionFailedError(
                    "expected %d times %s, and there are %d. %s".formatted(count, words, these.size(), told(all)));
        }
        return these;
    }

    private TaskRuns narrow(String what, Predicate<TaskRun> condition) {
        var fitting = these.stream().filter(condition).toList();
        var more = words + " " + what;
        if (fitting.isEmpty()) {
            throw new AssertionFailedError("expected %s. %s".formatted(more, told(all)));
        }
        return new TaskRuns(all, fitting, more);
    }

    /// By its name: what was thrown is a value by now.
    private static boolean is(TaskRun run, Class<? extends Throwable> exception) {
        return run.error()
                .filter(error -> error.type().equals(exception.getSimpleName())
                        && error.module().equals(exception.getPackageName()))
                .isPresent();
    }

    private static String told(List<TaskRun> runs) {
        return runs.isEmpty()
                ? "Nothing has run; runDue() or advance(…) lets tasks run, and so does waiting for a result"
                : runs.stream().map(each -> "\n  " + each).collect(Collectors.joining("", "Ran has:", ""));
    }
}
