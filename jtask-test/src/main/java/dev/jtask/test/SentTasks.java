package dev.jtask.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/// An assertion about what was sent: each method leaves those that fit, and fails when there is none.
public final class SentTasks {

    private static final Duration SLACK = Duration.ofMillis(500);

    private final List<SentTask> all;
    private final List<SentTask> these;
    private final String words;

    private SentTasks(List<SentTask> all, List<SentTask> these, String words) {
        this.all = all;
        this.these = these;
        this.words = words;
    }

    /// @throws AssertionError when there is none of this name
    static SentTasks of(String task, List<SentTask> all) {
        return new SentTasks(all, all, "a task")
                .narrow("'%s'".formatted(task), sent -> sent.task().equals(task));
    }

    /// With exactly these positional arguments, compared as JSON.
    public SentTasks withArgs(@Nullable Object... args) {
        var expected = Json.of(Arrays.asList(args));
        return narrow("with arguments %s".formatted(expected), sent -> sent.hasArgs(expected));
    }

    /// With this keyword argument, compared as JSON.
    public SentTasks withKwarg(String name, @Nullable Object value) {
        var expected = Json.of(value);
        return narrow("with %s=%s".formatted(name, expected), sent -> sent.hasKwarg(name, expected));
    }

    /// To this queue, or `exchange/key`.
    public SentTasks to(String queue) {
        return narrow("to '%s'".formatted(queue), sent -> sent.to().equals(queue));
    }

    /// Not to be run earlier than so long after it was sent, give or take half a second: a real clock goes on between
    /// the two.
    public SentTasks dueIn(Duration delay) {
        return narrow("due in %s".formatted(delay), sent -> {
            var eta = sent.eta();
            return eta != null
                    && Duration.between(sent.at().plus(delay), eta).abs().compareTo(SLACK) < 0;
        });
    }

    /// By the task with this id.
    public SentTasks by(String parentId) {
        return narrow("by task %s".formatted(parentId), sent -> parentId.equals(sent.parentId()));
    }

    /// That all of it holds for.
    ///
    /// @param what in words, for the failure
    public SentTasks that(String what, Predicate<SentTask> condition) {
        return narrow(what, condition);
    }

    /// Exactly one.
    public SentTask once() {
        times(1);
        return these.get(0);
    }

    /// Exactly so many.
    public List<SentTask> times(int count) {
        if (these.size() != count) {
            throw new AssertionFailedError("expected %d times %s, and it was sent %d times. %s"
                    .formatted(count, words, these.size(), told(all)));
        }
        return these;
    }

    private SentTasks narrow(String what, Predicate<SentTask> condition) {
        var fitting = these.stream().filter(condition).toList();
        var more = words + " " + what;
        if (fitting.isEmpty()) {
            throw new AssertionFailedError("expected %s to be sent. %s".formatted(more, told(all)));
        }
        return new SentTasks(all, fitting, more);
    }

    static String told(List<SentTask> sent) {
        return sent.isEmpty()
                ? "Nothing was sent"
                : sent.stream().map(each -> "\n  " + each).collect(Collectors.joining("", "Sent was:", ""));
    }
}
