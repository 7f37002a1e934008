package dev.jtask.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What is published under one name and version: a folder of a Maven repository.
record Artifact(String group, String name, String version, Path folder) {

    /// Every artifact of the repository, in the order of their names.
    static List<Artifact> of(Path repository) {
        try (var files = Files.walk(repository)) {
            return files.filter(file -> file.toString().endsWith(".pom"))
                    .map(pom -> of(repository, pom.resolveSibling("").normalize()))
                    .sorted((one, other) -> one.name.compareTo(other.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be read: build the bundle first".formatted(repository), e);
        }
    }

    private static Artifact of(Path repository, Path folder) {
        var place = repository.relativize(folder);
        var names = place.getNameCount();
        var group = place.subpath(0, names - 2).toString().replace('/', '.');
        return new Artifact(
                group,
                place.getName(names - 2).toString(),
                place.getName(names - 1).toString(),
                folder);
    }

    Path file(String suffix) {
        return folder.resolve(name + "-" + version + suffix);
    }

    /// The names of its files, sorted.
    List<String> files() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
