package dev.jtask.spring.observation;

import dev.jtask.broker.tracing.RunEnd;

/// What ended a run, for observations: a value by then, and so without a stack trace.
public final class TaskFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    TaskFailure(RunEnd.Fault fault) {
        super(fault.reason(), null, false, false);
        this.type = fault.type();
    }

    /// What the exception is called that the task threw, or the state that it ended in.
    public String type() {
        return type;
    }
}
