package dev.jtask.operator.leadership;

/// Whether this operator leads at this moment. Asked right before anything is done, not once at the start.
public interface Leadership {

    /// For an operator that is the only one.
    Leadership ALWAYS = () -> true;

    boolean holds();

    /// @throws NotLeadingException when another operator may be at work
    default void require() {
        if (!holds()) {
            throw new NotLeadingException();
        }
    }
}
