package dev.jtask.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A small bundle that can be published: parent, BOM and one library.
record Repository(Path root) {

    static final String PARENT = """
            <project>
              <groupId>dev.jtask</groupId><artifactId>jtask-parent</artifactId><version>1.2</version>
              <packaging>pom</packaging>
              <name>jtask</name><description>tasks</description><url>https://jtask.dev</url>
              <licenses><license><name>Apache-2.0</name><url>https://www.apache.org/licenses/LICENSE-2.0</url></license></licenses>
              <developers><developer><name>us</name></developer></developers>
              <scm><connection>scm:git:a</connection><developerConnection>scm:git:b</developerConnection><url>c</url></scm>
            </project>
            """;
    static final String BOM = PARENT.replace("jtask-parent", "jtask-bom").replace("</project>", """
                      <dependencyManagement><dependencies>
                        <dependency><artifactId>jtask-client</artifactId><version>${project.version}</version></dependency>
                      </dependencies></dependencyManagement>
                    </project>
                    """);
    static final String CLIENT = """
            <project>
              <parent><groupId>dev.jtask</groupId><artifactId>jtask-parent</artifactId><version>1.2</version></parent>
              <artifactId>jtask-client</artifactId><name>jtask client</name><description>sends tasks</description>
            </project>
            """;

    static Repository in(Path root) {
        var repository = new Repository(root);
        repository.write("jtask-parent", ".pom", PARENT);
        repository.write("jtask-bom", ".pom", BOM);
        repository.write("jtask-client", ".pom", CLIENT);
        repository.write("jtask-client", "-cyclonedx.json", "{}");
        repository.jar("jtask-client", ".jar", "META-INF/MANIFEST.MF");
        repository.jar("jtask-client", "-sources.jar", "dev/jtask/client/TaskClient.java");
        repository.jar("jtask-client", "-javadoc.jar", "index.html");
        return repository;
    }

    void write(String artifact, String suffix, String text) {
        try {
            var file = file(artifact, suffix);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            beside(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void jar(String artifact, String suffix, String entry) {
        var file = file(artifact, suffix);
        try {
            try (var jar = new ZipOutputStream(Files.newOutputStream(file))) {
                var there = new ZipEntry(entry);
                there.setTime(0);
                jar.putNextEntry(there);
            }
            beside(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String artifact, String suffix) {
        try {
            Files.delete(file(artifact, suffix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String artifact, String suffix) {
        return root.resolve("dev/jtask/%1$s/1.2/%1$s-1.2%2$s".formatted(artifact, suffix));
    }

    private static void beside(Path file) throws IOException {
        Files.writeString(Path.of(file + ".md5"), Sums.of(file, "MD5"));
        Files.writeString(Path.of(file + ".sha1"), Sums.of(file, "SHA-1"));
        Files.writeString(Path.of(file + ".asc"), "-----BEGIN PGP SIGNATURE-----\n");
    }
}
