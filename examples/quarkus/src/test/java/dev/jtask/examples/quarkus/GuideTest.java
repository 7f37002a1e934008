package dev.jtask.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/quarkus.md is this application: who copies its files has what the tests run.
class GuideTest {

    private static final Path GUIDE = Path.of("../../docs/quarkus.md");
    private static final String PACKAGE = "package dev.jtask.examples.quarkus;";
    private static final Path SOURCES = Path.of("src/main/java/dev/jtask/examples/quarkus");

    @Test
    void everyJavaBlockIsAFileOfTheExample() throws IOException {
        try (var files = Files.list(SOURCES)) {
            var sources = files.map(GuideTest::read).toList();
            var blocks = blocks("java");

            assertThat(blocks).hasSize(3);
            assertThat(blocks)
                    .allSatisfy(block -> assertThat(sources)
                            .as("sources with %s", block)
                            .anyMatch(source -> block.equals(source.replace(PACKAGE, "package shop;"))));
        }
    }

    @Test
    void itsPropertiesAreTheExamples() {
        assertThat(blocks("properties")).containsExactly(read(Path.of("src/main/resources/application.properties")));
    }

    @Test
    void itsDependenciesAreTheExamples() {
        assertThat(dependencies(blocks("xml").getFirst()))
                .contains("jtask-quarkus", "quarkus-rest")
                .isEqualTo(dependencies(read(Path.of("pom.xml"))));
    }

    @Test
    void itsVersionsAreThisCheckouts() {
        var pom = read(Path.of("../../pom.xml"));

        assertThat(blocks("xml"))
                .singleElement()
                .asString()
                .contains(
                        "<version>" + between("<quarkus.version>", pom) + "</version>",
                        "<artifactId>jtask-bom</artifactId>",
                        "<version>" + between("<version>", pom) + "</version>");
    }

    @Test
    void itsTableSpeaksAsTheSpringBootGuides() {
        var own = rows(GUIDE);

        assertThat(own).hasSizeGreaterThan(10).contains("`jtask.devservices.enabled`");
        assertThat(own.stream().filter(row -> !row.contains("devservices")).toList())
                .isSubsetOf(rows(Path.of("../../docs/spring-boot.md")));
    }

    private static List<String> rows(Path guide) {
        return Pattern.compile("(?m)^\\| (`jtask\\.[^|]*) \\|")
                .matcher(read(guide))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// Without what only tests need.
    private static String dependencies(String pom) {
        var own = pom.substring(pom.lastIndexOf("<dependencies>")).replaceAll("(?m)^ +", "");
        return Pattern.compile("(?s)<dependency>\\n.*?</dependency>\\n")
                .matcher(own)
                .results()
                .map(MatchResult::group)
                .filter(each -> !each.contains("<scope>test</scope>"))
                .collect(Collectors.joining());
    }

    private static String between(String tag, String pom) {
        int begin = pom.indexOf(tag) + tag.length();
        return pom.substring(begin, pom.indexOf("</", begin));
    }

    private static List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(read(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
