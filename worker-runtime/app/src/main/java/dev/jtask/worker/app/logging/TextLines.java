package dev.jtask.worker.app.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/// One line for each record: time, level, message, context. Only a record begins at the left margin, and nothing in it
/// moves the cursor: names and texts in it come from whoever may send tasks.
final class TextLines extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final String MARGIN = "    ";

    @Override
    public String format(LogRecord record) {
        var text = new StringBuilder()
                .append(TIME.format(record.getInstant().atZone(ZoneId.systemDefault())))
                .append(' ')
                .append(LogFormat.word(record.getLevel()).toUpperCase(Locale.ROOT))
                .append(' ')
                .append(Visible.line(formatMessage(record)));
        Map<String, String> context = MDC.getCopyOfContextMap();
        if (context != null && !context.isEmpty()) {
            text.append(' ').append(Visible.line(context.toString()));
        }
        text.append(System.lineSeparator());
        if (record.getThrown() != null) {
            var trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            trace.toString()
                    .lines()
                    .forEach(line ->
                            text.append(MARGIN).append(Visible.line(line)).append(System.lineSeparator()));
        }
        return text.toString();
    }
}
