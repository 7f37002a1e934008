package dev.jtask.task.request;

import java.lang.reflect.Type;

/// A group, and a step that gets the list of its results as its first argument (Celery's `chord`), or of its
/// ends. Client and workers need a result backend that counts parts: `redis://`.
///
/// @param <T> the result of the body
public record Chord<T>(Group<?> header, Step<T> body, Joins joins) implements Step<T> {

    /// What the body gets, and when it is sent.
    public enum Joins {
        /// The members' results, once all have succeeded; it fails with the first that has not.
        RESULTS,
        /// A [dev.jtask.task.TaskEnd] of each, once all have ended, however they have.
        ENDS
    }

    public Chord {
        if (body instanceof Group) {
            throw new IllegalArgumentException("a chord's body is one task or a chain, not a group");
        }
    }

    /// One whose body gets the members' results.
    public Chord(Group<?> header, Step<T> body) {
        this(header, body, Joins.RESULTS);
    }

    @Override
    public Type resultType() {
        return body.resultType();
    }
}
