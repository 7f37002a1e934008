package dev.jtask.worker.fakes;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a task's author writes: the frames that a stack trace should show, and exceptions of all sorts.
public final class UserCode {

    private UserCode() {}

    /// Fails deep down.
    public static Object fails() {
        return deeper();
    }

    /// Fails with a cause, as one does who wraps.
    public static Object wraps() {
        try {
            return io();
        } catch (IOException e) {
            throw new UncheckedIOException("wrapped", e);
        }
    }

    /// Fails with something suppressed.
    public static Object suppresses() {
        var failure = new IllegalStateException("outer");
        failure.addSuppressed(new IllegalArgumentException("inner"));
        throw failure;
    }

    /// Does what it is given to do.
    public static Object calls(Supplier<Object> code) {
        return code.get();
    }

    private static Object deeper() {
        throw new IllegalStateException("boom");
    }

    private static Object io() throws IOException {
        throw new IOException("no disk");
    }

    /// Its text cannot be read.
    public static final class SilentException extends RuntimeException {

        @Override
        public String getMessage() {
            throw new IllegalStateException("no text");
        }
    }

    /// Its stack trace cannot be printed, and not for a mere exception.
    public static final class UnprintableException extends RuntimeException {

        @Override
        public void printStackTrace(PrintWriter out) {
            throw new StackOverflowError();
        }
    }

    /// Asked for its cause it fails.
    public static final class CauselessException extends RuntimeException {

        @Override
        public synchronized @Nullable Throwable getCause() {
            throw new IllegalStateException("no cause");
        }
    }

    /// Two exceptions that cause each other.
    public static RuntimeException ring() {
        var one = new RuntimeException("one");
        var other = new RuntimeException("other", one);
        one.initCause(other);
        return one;
    }
}
