package dev.jtask.worker.execution;

import java.io.PrintWriter;
import java.io.StringWriter;

/// The stack trace of a task's exception as text, cut where it would no longer be read.
final class Tracebacks {

    private static final int LIMIT = 16 * 1024;

    private Tracebacks() {}

    static String of(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.getBuffer().length() <= LIMIT
                ? text.toString()
                : text.getBuffer().substring(0, LIMIT) + "…";
    }
}
