package dev.jtask.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.local.system.CannotRunException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    @Test
    void keepsOthersOutUntilItIsGivenUp() throws IOException {
        try (var _ = FolderLock.of(folder)) {
            assertThatThrownBy(() -> FolderLock.of(folder))
                    .isInstanceOf(CannotRunException.class)
                    .hasMessageContaining("another jtask-local runs in this checkout; end it first");
        }
        FolderLock.of(folder).close();
    }
}
