package dev.jtask.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// Folders that start empty in every run.
public final class Folders {

    private Folders() {}

    /// Writes a file that only its owner may read, before there is anything to read in it.
    static Path secret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(file, text);
    }

    /// @return the folder, which now exists and has nothing in it
    public static Path emptied(Path folder) {
        try {
            Files.createDirectories(folder);
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .filter(file -> !file.equals(folder))
                        .forEach(file -> file.toFile().delete());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + folder, e);
        }
    }
}
