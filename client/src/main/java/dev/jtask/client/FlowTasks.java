package dev.jtask.client;

import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.PublishRetry;
import dev.jtask.task.request.Reply;
import dev.jtask.task.request.Step;
import dev.jtask.task.request.TaskRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The tasks of a work flow that the client has to do with: those that it publishes itself, and the last.
final class FlowTasks {

    private FlowTasks() {}

    /// Whether the last one's result comes back.
    static boolean isAwaited(Step<?> step) {
        if (step instanceof TaskRequest<?> task) {
            return task.options().reply() == Reply.EXPECTED;
        }
        if (step instanceof Chain<?> chain) {
            return isAwaited(chain.steps().get(chain.steps().size() - 1));
        }
        return !(step instanceof Chord<?> chord) || isAwaited(chord.body());
    }

    /// The strictest policy of the first ones: they go out together or not at all.
    static PublishRetry publishRetry(Step<?> step) {
        return first(step)
                .map(task -> task.options().publishRetry())
                .min(Comparator.comparingInt(PublishRetry::maxRetries))
                .orElse(PublishRetry.DEFAULT);
    }

    /// The earliest that the last one may begin, as far as the etas and countdowns before it say.
    ///
    /// @param sending when the flow is sent
    static Instant due(Step<?> step, Instant sending) {
        if (step instanceof TaskRequest<?> task) {
            var eta = task.options().eta();
            return eta == null ? sending : later(eta.from(sending), sending);
        }
        if (step instanceof Chain<?> chain) {
            var due = sending;
            for (var each : chain.steps()) {
                due = due(each, due);
            }
            return due;
        }
        if (step instanceof Chord<?> chord) {
            return due(chord.body(), due(chord.header(), sending));
        }
        var due = sending;
        for (var member : members(step)) {
            due = later(due, due(member, sending));
        }
        return due;
    }

    private static Stream<TaskRequest<?>> first(Step<?> step) {
        if (step instanceof TaskRequest<?> task) {
            return Stream.of(task);
        }
        if (step instanceof Chain<?> chain) {
            return first(chain.steps().get(0));
        }
        return members(step instanceof Chord<?> chord ? chord.header() : step).stream()
                .flatMap(FlowTasks::first);
    }

    private static List<? extends Step<?>> members(Step<?> step) {
        return step instanceof Group<?> group ? group.members() : List.of();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
