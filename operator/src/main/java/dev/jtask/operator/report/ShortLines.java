package dev.jtask.operator.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a text one by one, without those that are longer than any of a worker's: whoever sends it may leave out
/// the ends of lines.
final class ShortLines {

    private static final int LONGEST = 1 << 14;

    private final Reader text;
    private final StringBuilder line = new StringBuilder();

    ShortLines(InputStream text) {
        this.text = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    }

    /// @return empty at the end
    Optional<String> next() throws IOException {
        while (true) {
            line.setLength(0);
            int length = 0;
            int next = text.read();
            for (; next >= 0 && next != '\n'; next = text.read()) {
                length++;
                if (length <= LONGEST) {
                    line.append((char) next);
                }
            }
            if (next < 0 && length == 0) {
                return Optional.empty();
            }
            if (length <= LONGEST) {
                return Optional.of(line.toString());
            }
        }
    }
}
