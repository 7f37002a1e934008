package dev.jtask.task.request;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/// Steps one after the other, each with the result of the one before as its first argument (Celery's `chain`). A group
/// in it collects its results for the step after it, which makes the two a [Chord].
///
/// @param <T> the result of the last step
public record Chain<T>(List<Step<?>> steps) implements Step<T> {

    public Chain {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a chain needs a step");
        }
    }

    /// A chain of one step; more by [#then].
    public static <T> Chain<T> of(Step<T> first) {
        return new Chain<>(List.of(first));
    }

    /// A longer chain: the result of the last step goes to this one.
    public <R> Chain<R> then(Step<R> next) {
        var longer = new ArrayList<>(steps);
        longer.add(next);
        return new Chain<>(longer);
    }

    @Override
    public Type resultType() {
        return steps.get(steps.size() - 1).resultType();
    }
}
