package dev.jtask.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;

/// Nothing is shipped of which a flaw is known that a newer version mends; `advisories.txt` is what is known.
class AdvisoriesTest {

    private static final Pattern JAR =
            Pattern.compile("(?:.*/)?(?:[a-z][\\w-]*\\.)*([A-Za-z][\\w-]*?)-(\\d[\\w.-]*)\\.jar");
    private static final Path WORKER = Path.of("../worker-runtime/app/target/dist/lib");
    private static final Path OPERATOR = Path.of("../operator/target/quarkus-app/lib");

    private record Library(String name, String version) {}

    private record Advisory(Pattern jar, String mendedIn, String id, String kept) {

        boolean concerns(Library library) {
            return jar.matcher(library.name()).matches()
                    && new ComparableVersion(library.version()).compareTo(new ComparableVersion(mendedIn)) < 0;
        }
    }

    @Test
    void theWorkerShipsNothingWithAKnownFlaw() throws IOException {
        var libraries = worker();
        assertThat(libraries).extracting(Library::name).contains("amqp-client", "netty-handler", "jackson-core");
        assertThat(flaws(libraries)).isEmpty();
    }

    @Test
    void theOperatorShipsNothingWithAKnownFlaw() throws IOException {
        var libraries = operator();
        assertThat(libraries).extracting(Library::name).contains("amqp-client", "vertx-core", "jackson-core");
        assertThat(flaws(libraries)).isEmpty();
    }

    @Test
    void whatIsKeptInSpiteOfAFlawIsStillShipped() throws IOException {
        var shipped = Stream.concat(worker().stream(), operator().stream()).toList();

        assertThat(advisories().stream().filter(each -> !each.kept().isEmpty()))
                .allSatisfy(each -> assertThat(shipped).anyMatch(each::concerns));
    }

    @Test
    void anOlderVersionWouldBeFound() {
        assertThat(flaws(List.of(new Library("netty-handler", "4.1.130.Final"), new Library("vertx-core", "4.5.25"))))
                .hasSize(2);
        assertThat(library("io.netty.netty-codec-http2-4.1.137.Final.jar"))
                .isEqualTo(new Library("netty-codec-http2", "4.1.137.Final"));
    }

    private static List<String> flaws(List<Library> libraries) {
        var flaws = new ArrayList<String>();
        for (var advisory : advisories()) {
            for (var library : libraries) {
                if (advisory.kept().isEmpty() && advisory.concerns(library)) {
                    flaws.add("%s %s has %s; take %s or newer"
                            .formatted(library.name(), library.version(), advisory.id(), advisory.mendedIn()));
                }
            }
        }
        return flaws;
    }

    /// By the manifest: the folder may hold what an older build left behind.
    private static List<Library> worker() throws IOException {
        assumeTrue(Files.isDirectory(WORKER), "the worker is packaged by ./mvnw verify");
        try (var jars = Files.newDirectoryStream(WORKER, "jtask-worker-app-*.jar");
                var jar = new JarFile(jars.iterator().next().toFile())) {
            var classpath = jar.getManifest().getMainAttributes().getValue("Class-Path");
            return Stream.of(classpath.split(" ")).map(AdvisoriesTest::library).toList();
        }
    }

    private static List<Library> operator() throws IOException {
        assumeTrue(Files.isDirectory(OPERATOR), "the operator is packaged by ./mvnw verify");
        try (var files = Files.walk(OPERATOR)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .map(AdvisoriesTest::library)
                    .toList();
        }
    }

    private static Library library(String jar) {
        var parts = JAR.matcher(jar);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no jar with a version: " + jar);
        }
        return new Library(parts.group(1), parts.group(2));
    }

    private static List<Advisory> advisories() {
        try (var lines = AdvisoriesTest.class.getResourceAsStream("advisories.txt")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|(?![^(]*\\))", -1))
                    .map(part -> new Advisory(
                            Pattern.compile(part[0].strip()), part[1].strip(), part[2].strip(), part[3].strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
