package dev.jtask.examples.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// What `mvn install` in this checkout would put into a repository, in a repository of its own, so that a test neither
/// needs nor changes what is in the user's.
final class Installed {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    /// The folder of each.
    private static final Map<String, String> MODULES = Map.of(
            "jtask-parent", "",
            "jtask-bom", "bom",
            "jtask-protocol", "protocol",
            "jtask-task", "task",
            "jtask-client", "client",
            "jtask-worker", "worker-runtime/engine",
            "jtask-spring-boot-starter", "spring",
            "jtask-testing", "testing",
            "jtask-quarkus", "quarkus/runtime",
            "jtask-quarkus-deployment", "quarkus/deployment");

    private Installed() {}

    static void into(Path repository, Path checkout) throws IOException {
        for (var module : MODULES.entrySet()) {
            var folder = checkout.resolve(module.getValue());
            var place = Files.createDirectories(repository.resolve(Path.of("dev", "jtask", module.getKey(), VERSION)));
            var name = "%s-%s".formatted(module.getKey(), VERSION);
            Files.copy(folder.resolve("pom.xml"), place.resolve(name + ".pom"));
            var classes = folder.resolve("target").resolve("classes");
            if (Files.isDirectory(classes)) {
                jar(classes, place.resolve(name + ".jar"));
            }
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
