package dev.jtask.worker.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.jtask.protocol.json.TypedJson;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogLinesTest {

    private final LogRecord record = new LogRecord(Level.WARNING, "two\nlines");

    @BeforeEach
    void describe() {
        record.setInstant(Instant.parse("2026-11-23T12:00:00Z"));
        record.setLoggerName("dev.jtask.worker.X");
        record.setThrown(new IllegalStateException("boom"));
        MDC.put("task", "t.add");
    }

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void aJsonRecordIsOneLineWithItsContext() throws JsonProcessingException {
        var line = new JsonLines("letters").format(record);
        assertThat(line).hasLineCount(1);
        var json = TypedJson.mapper().readTree(line);
        assertThat(json.path("time").textValue()).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(json.path("level").textValue()).isEqualTo("warn");
        assertThat(json.path("pool").textValue()).isEqualTo("letters");
        assertThat(json.path("message").textValue()).isEqualTo("two\nlines");
        assertThat(json.path("task").textValue()).isEqualTo("t.add");
        assertThat(json.path("exception").textValue()).contains("IllegalStateException: boom");
    }

    @Test
    void aTextRecordIsForPeople() {
        assertThat(new TextLines().format(record))
                .contains(" WARN two\\nlines {task=t.add}", "IllegalStateException: boom");
    }

    @Test
    void nothingInATextRecordForgesALineOrMovesTheCursor() {
        var forged = "\n12:00:00.000 INFO FORGED\r\u001b[2J\u009b2J\u202e\u2028\u0085\ud800";
        record.setMessage("task" + forged);
        record.setThrown(new IllegalStateException("boom" + forged, new IllegalArgumentException("why" + forged)));
        MDC.put("task", "t" + forged);

        var text = new TextLines().format(record);

        assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
        assertThat(text.chars().filter(unit -> unit != '\n' && unit != '\t'))
                .allMatch(unit -> unit >= ' ' && unit < 0x7f);
        assertThat(text).contains("\\u001b[2J\\u009b2J\\u202e\\u2028\\u0085\\ud800");
    }

    @Test
    void whatCanBeSeenStaysAsItIs() {
        record.setMessage("Zürich → 東京 🎉\tok");
        assertThat(new TextLines().format(record)).contains("WARN Zürich → 東京 🎉\tok {");
    }
}
