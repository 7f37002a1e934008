package dev.jtask.task.request;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.jtask.protocol.json.TypedJson;
import java.lang.reflect.Type;
import java.util.List;

/// Steps beside each other (Celery's `group`).
///
/// @param <T> the result of each
public record Group<T>(List<Step<T>> members) implements Step<List<T>> {

    public Group {
        members = List.copyOf(members);
    }

    /// Tasks or flows that run beside each other.
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Group<T> of(Step<T>... members) {
        return new Group<>(List.of(members));
    }

    /// Tasks or flows that run beside each other, as many as the list has.
    public static <T> Group<T> of(List<? extends Step<T>> members) {
        return new Group<>(List.copyOf(members));
    }

    /// Their results, in order, go to one more task when all are there.
    public <R> Chord<R> then(Step<R> body) {
        return new Chord<>(this, body);
    }

    /// One more task when all have ended, whether they succeeded, failed for good or were revoked: it gets a list of
    /// [dev.jtask.task.TaskEnd], in their order. The members are run by Java workers; Celery's join by
    /// results alone.
    public <R> Chord<R> whenEnded(Step<R> body) {
        return new Chord<>(this, body, Chord.Joins.ENDS);
    }

    @Override
    public Type resultType() {
        TypeFactory types = TypedJson.mapper().getTypeFactory();
        return types.constructCollectionType(
                List.class,
                types.constructType(
                        members.isEmpty() ? Object.class : members.get(0).resultType()));
    }
}
