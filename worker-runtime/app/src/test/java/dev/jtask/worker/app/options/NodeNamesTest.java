package dev.jtask.worker.app.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNamesTest {

    @Test
    void eachWorkerOfAHostHasANameOfItsOwn(@TempDir Path folder) {
        var names = new NodeNames(folder, "shop");

        assertThat(names.take()).isEqualTo("jtask@shop");
        assertThat(names.take()).isEqualTo("jtask-2@shop");
        assertThat(new NodeNames(folder, "shop").take()).isEqualTo("jtask-3@shop");
        assertThat(new NodeNames(folder, "other").take()).isEqualTo("jtask@other");
    }

    @Test
    void theUsualNameIsTakenWhereNoFileCanBeLocked(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThat(new NodeNames(file.resolve("in"), "shop").take()).isEqualTo("jtask@shop");
    }
}
