package dev.jtask.task;

import java.time.Duration;

/// The time is over in which a task waited for a signal. Whoever catches it may go on, or wait for another.
public final class SignalTimeoutException extends RuntimeException {

    private final String signal;

    /// For the execution pipeline.
    ///
    /// @param atMost how long the task waited
    public SignalTimeoutException(String signal, Duration atMost) {
        super("signal '%s' did not come within %s".formatted(signal, atMost));
        this.signal = signal;
    }

    /// The signal's name.
    public String signal() {
        return signal;
    }
}
