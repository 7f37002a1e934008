package dev.jtask.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What the figures were measured on.
///
/// @param celery its version, as Python says it
record Machine(LocalDate day, int cores, String java, String rabbitMq, String celery) {

    static Machine here(Arena arena) throws IOException {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                arena.broker()
                        .view()
                        .get("/api/overview")
                        .path("rabbitmq_version")
                        .asText(),
                said("/usr/bin/python3", "-c", "import celery; print(celery.__version__)"));
    }

    private static String said(String... command) throws IOException {
        var process = new ProcessBuilder(command).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
