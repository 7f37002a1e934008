package dev.jtask.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the broker's management API was asked: the access log that RabbitMQ writes when it is told where.
record AccessLog(Path directory) {

    static AccessLog create() throws IOException {
        return new AccessLog(Files.createTempDirectory("jtask-access-log"));
    }

    /// A line of `rabbitmq.conf`.
    String setting() {
        return "management.http_log_dir = " + directory;
    }

    /// How many requests were answered so far, by whomever they were made.
    long calls() throws IOException {
        long calls = 0;
        try (var hours = Files.newDirectoryStream(directory, "access.log*")) {
            for (var hour : hours) {
                calls += lines(hour);
            }
        }
        return calls;
    }

    /// Deletes it; the broker must have ended.
    void delete() throws IOException {
        try (var hours = Files.newDirectoryStream(directory)) {
            for (var hour : hours) {
                Files.delete(hour);
            }
        }
        Files.delete(directory);
    }

    private static long lines(Path hour) throws IOException {
        try (var lines = Files.lines(hour, StandardCharsets.ISO_8859_1)) {
            return lines.count();
        }
    }
}
