package dev.jtask.jose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of keys as texts.
final class Texts {

    private static final int LARGEST = 1 << 20;

    private Texts() {}

    /// @param name what errors call it
    /// @throws IllegalArgumentException when it cannot be read, or is no file of keys by its size
    static String of(Path file, String name) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException("%s is larger than a megabyte".formatted(name));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read (%s)".formatted(name, e.getClass().getSimpleName()), e);
        }
    }
}
