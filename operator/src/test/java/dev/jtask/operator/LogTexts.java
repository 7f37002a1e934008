package dev.jtask.operator;

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

    @Override
    public void publish(LogRecord line) {
        var parameters = line.getParameters() == null ? List.of() : List.of(line.getParameters());
        var trace = new StringWriter();
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(trace));
        }
        texts.add(line.getMessage() + " " + parameters + " " + trace);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
