package dev.jtask.worker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Each line of every logger, with its whole trace.
final class LogTexts extends Handler {

    private final Queue<String> texts = new ConcurrentLinkedQueue<>();

    List<String> texts() {
        return List.copyOf(texts);
    }

    static String trace(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Override
    public void publish(LogRecord line) {
        var parameters = line.getParameters() == null ? List.of() : List.of(line.getParameters());
        texts.add(line.getMessage() + " " + parameters + (line.getThrown() == null ? "" : trace(line.getThrown())));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
