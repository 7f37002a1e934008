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

/// One line for each record: time, level, message, context.
final class TextLines extends Formatter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    @Override
    public String format(LogRecord record) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        out.print(TIME.format(record.getInstant().atZone(ZoneId.systemDefault())));
        out.print(' ');
        out.print(LogFormat.word(record.getLevel()).toUpperCase(Locale.ROOT));
        out.print(' ');
        out.print(formatMessage(record));
        Map<String, String> context = MDC.getCopyOfContextMap();
        if (context != null && !context.isEmpty()) {
            out.print(' ');
            out.print(context);
        }
        out.println();
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(out);
        }
        return text.toString();
    }
}
