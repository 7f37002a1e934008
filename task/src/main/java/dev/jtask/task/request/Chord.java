package dev.jtask.task.request;

import java.lang.reflect.Type;

/// A group, and a step that gets the list of its results as its first argument (Celery's `chord`). Client and workers
/// need a result backend that counts parts: `redis://`.
///
/// @param <T> the result of the body
public record Chord<T>(Group<?> header, Step<T> body) implements Step<T> {

    public Chord {
        if (body instanceof Group) {
            throw new IllegalArgumentException("a chord's body is one task or a chain, not a group");
        }
    }

    @Override
    public Type resultType() {
        return body.resultType();
    }
}
