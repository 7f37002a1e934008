package dev.jtask.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What applications depend on can be published, and is in the BOM.
class PublishedTest {

    private static final List<String> LIBRARIES = List.of(
            "protocol",
            "task",
            "processor",
            "client",
            "redis",
            "jose",
            "worker-runtime/engine",
            "spring",
            "quarkus/runtime",
            "quarkus/deployment",
            "jtask-test",
            "testing");
    private static final Pattern MANAGED = Pattern.compile("<artifactId>(jtask-(?!bom)[a-z-]+)</artifactId>");

    @Test
    void theBomHasEveryLibraryAndNothingElse() {
        var managed = MANAGED.matcher(pom("bom"))
                .results()
                .map(match -> match.group(1))
                .collect(toSet());

        assertThat(managed)
                .isEqualTo(LIBRARIES.stream().map(PublishedTest::artifact).collect(toSet()));
    }

    @Test
    void theBomHasTheVersionOfAll() {
        assertThat(first(pom("bom"), "version")).isEqualTo(first(pom("."), "version"));
    }

    @Test
    void everyPomSaysWhatARepositoryAsksFor() {
        for (var root : List.of(".", "bom")) {
            assertThat(pom(root))
                    .as(root)
                    .contains("</url>", "</licenses>", "</developers>", "</developerConnection>", "</scm>");
        }
        assertThat(Stream.concat(LIBRARIES.stream(), Stream.of(".", "bom")))
                .allSatisfy(module -> assertThat(pom(module)).as(module).contains("<name>jtask", "<description>"));
    }

    private static String artifact(String module) {
        var own = pom(module).replaceFirst("(?s)<parent>.*</parent>", "");
        return first(own, "artifactId");
    }

    private static String first(String pom, String element) {
        var matcher = Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(element)).matcher(pom);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String pom(String module) {
        return Texts.of(Path.of("..", module, "pom.xml"));
    }
}
