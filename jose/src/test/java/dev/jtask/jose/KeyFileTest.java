package dev.jtask.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.seal.AuthFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("keys.json");
        Files.writeString(file, Given.set(Given.secret("old")));
    }

    @Test
    void aKeyThatWasAddedIsThereAfterALook() throws IOException {
        var keys = KeyFile.of(file, nanos::get);
        Files.writeString(file, Given.set(Given.secret("old"), Given.secret("new")));

        assertThat(keys.now().secret("new")).isEmpty();
        pass(5_000);
        assertThat(keys.now().secret("new")).isPresent();
    }

    @Test
    void whoMissesAKeyLooksSooner() throws IOException {
        var keys = KeyFile.of(file, nanos::get);
        Files.writeString(file, Given.set(Given.secret("new")));
        pass(500);

        assertThat(keys.now().secret("new")).isEmpty();
        assertThat(keys.fresh().secret("new")).isPresent();
        assertThat(keys.now().secret("new")).isPresent();
    }

    @Test
    void whatCannotBeReadLeavesTheKeysInUse() throws IOException {
        var keys = KeyFile.of(file, nanos::get);
        Files.writeString(file, "{");
        pass(5_000);
        assertThat(keys.now().secret("old")).isPresent();
        Files.delete(file);
        pass(5_000);
        assertThat(keys.now().secret("old")).isPresent();
    }

    @Test
    void aFileThatIsNotThereIsNamedAtOnce() {
        assertThatThrownBy(() -> KeyFile.of(folder.resolve("none.json")))
                .hasMessageContaining("none.json cannot be read (NoSuchFileException)");
    }

    @Test
    void contentInPlaceOfAPathIsNotRepeated() {
        var keys = Path.of(Given.set(Given.secret("sEcret")));
        assertThatThrownBy(() -> KeyFile.of(keys))
                .hasMessageContaining("give its path")
                .hasMessageNotContaining("sEcret")
                .hasNoCause();

        var pem = Path.of("-----BEGIN PRIVATE KEY-----\nsEcret");
        for (var files : List.of(
                new AuthFiles(pem, file, folder), new AuthFiles(file, pem, folder), new AuthFiles(file, file, pem))) {
            assertThatThrownBy(() -> Certificates.read(files))
                    .hasMessageContaining("give its path")
                    .hasMessageNotContaining("sEcret")
                    .hasNoCause();
        }
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
