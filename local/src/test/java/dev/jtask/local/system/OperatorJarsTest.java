package dev.jtask.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.local.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the operator's image carries is what the operator uses: the image is this folder.
class OperatorJarsTest {

    @TempDir
    private Path folder;

    @Test
    void ofJtaskTheyAreThoseThatItUses() throws IOException {
        assertThat(jars())
                .filteredOn(jar -> jar.startsWith("dev.jtask."))
                .map(jar -> jar.replaceFirst("^dev\\.jtask\\.jtask-", "").replaceFirst("-\\d.*", ""))
                .containsExactlyInAnyOrder("autoscaler", "client", "crds", "protocol", "task");
    }

    /// The client can do without it, and brings it to nobody.
    @Test
    void tracingIsNotAmongThem() throws IOException {
        assertThat(jars()).isNotEmpty().noneMatch(jar -> jar.startsWith("io.opentelemetry"));
    }

    private List<String> jars() throws IOException {
        var libraries = Built.checkout(folder).operator().resolveSibling("lib").resolve("main");
        try (var files = Files.list(libraries)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
