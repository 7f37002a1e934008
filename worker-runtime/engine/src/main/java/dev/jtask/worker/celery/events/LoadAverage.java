package dev.jtask.worker.celery.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The machine's load over 1, 5 and 15 minutes; zeros where the system does not say.
public final class LoadAverage {

    private static final Path SOURCE = Path.of("/proc/loadavg");

    private LoadAverage() {}

    public static List<Double> now() {
        try {
            return Arrays.stream(Files.readString(SOURCE).split(" ", 4))
                    .limit(3)
                    .map(Double::valueOf)
                    .toList();
        } catch (IOException | NumberFormatException e) {
            return List.of(0.0, 0.0, 0.0);
        }
    }
}
