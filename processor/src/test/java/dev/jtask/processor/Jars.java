package dev.jtask.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// Puts into jars what the class path of a test has as folders, since only a jar without a descriptor is a module.
final class Jars {

    private Jars() {}

    /// What a class of it comes from, as it is where that is a jar.
    static Path of(Class<?> type, Path jar) {
        try {
            var place = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isRegularFile(place)) {
                return Files.copy(place, jar);
            }
            try (var files = Files.walk(place);
                    var out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    out.putNextEntry(new JarEntry(place.relativize(file).toString()));
                    Files.copy(file, out);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
