package dev.jtask.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

    @Test
    void countsEachUnfinishedFileOfATaskOnce(@TempDir Path folder) throws IOException {
        var task = UUID.randomUUID().toString();
        try (var runs = Runs.in(folder)) {
            for (int run = 0; run < 2; run++) {
                var unfinished = Files.createTempFile(folder, task, ".part");
                Files.delete(unfinished);
                Files.createFile(unfinished);
                Files.move(unfinished, folder.resolve("thumbnail-%d.jpg".formatted(run)));
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> runs.of(task) == 2);
            assertThat(runs.of("another")).isZero();
            assertThat(runs.missedSome()).isFalse();
        }
    }
}
