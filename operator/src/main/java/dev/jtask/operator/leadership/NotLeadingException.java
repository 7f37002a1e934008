package dev.jtask.operator.leadership;

/// This operator does not hold the lease, so that nothing was done.
public final class NotLeadingException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public NotLeadingException() {
        super("this operator does not hold the lease: nothing was done");
    }
}
