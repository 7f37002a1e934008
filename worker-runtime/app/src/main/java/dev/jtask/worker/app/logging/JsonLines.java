package dev.jtask.worker.app.logging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/// One JSON object for each record; docs/operating-a-worker.md has its fields.
final class JsonLines extends Formatter {

    private final String pool;

    JsonLines(String pool) {
        this.pool = pool;
    }

    @Override
    public String format(LogRecord record) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("time", record.getInstant().toString())
                .put("level", LogFormat.word(record.getLevel()))
                .put("logger", record.getLoggerName())
                .put("pool", pool)
                .put("message", formatMessage(record));
        Map<String, String> context = MDC.getCopyOfContextMap();
        if (context != null) {
            context.forEach(json::put);
        }
        if (record.getThrown() != null) {
            var trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            json.put("exception", trace.toString());
        }
        return json + System.lineSeparator();
    }
}
