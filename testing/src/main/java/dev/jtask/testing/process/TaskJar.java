package dev.jtask.testing.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// Packs classes into a jar as a user of a worker process has one.
public final class TaskJar {

    private TaskJar() {}

    public static Path write(Path jar, Class<?>... types) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var type : types) {
                var entry = type.getName().replace('.', '/') + ".class";
                try (var in = type.getClassLoader().getResourceAsStream(entry)) {
                    if (in == null) {
                        throw new IOException("no class file of " + type);
                    }
                    out.putNextEntry(new JarEntry(entry));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return jar;
    }
}
