package dev.jtask.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Sends the log of this process to a file: its terminal is for the table.
final class LogFile {

    private static final Logger ROOT = Logger.getLogger("");

    private LogFile() {}

    static void use(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Arrays.stream(ROOT.getHandlers()).forEach(ROOT::removeHandler);
        var handler = new FileHandler(file.toString());
        handler.setFormatter(new SimpleFormatter());
        ROOT.addHandler(handler);
    }
}
