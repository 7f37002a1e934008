package dev.jtask.client;

import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Chord;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.PublishRetry;
import dev.jtask.task.request.Reply;
import dev.jtask.task.request.Step;
import dev.jtask.task.request.TaskRequest;
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
}
