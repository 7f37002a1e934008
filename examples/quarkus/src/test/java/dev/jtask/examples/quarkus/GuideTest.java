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
                            .anyMatch(source -> source.endsWith("\n\n" + block)));
        }
    }

    @Test
    void itsPropertiesAreTheExamples() {
        assertThat(blocks("properties")).containsExactly(read(Path.of("src/main/resources/application.properties")));
    }

    @Test
    void itsDependenciesAreTheExamples() {
        var pom = read(Path.of("pom.xml"));
        var own = pom.substring(pom.lastIndexOf("<dependencies>")).replaceAll("(?m)^ +", "");
        var wanted = Pattern.compile("(?s)<dependency>\\n.*?</dependency>\\n")
                .matcher(own)
                .results()
                .map(MatchResult::group)
                .filter(each -> !each.contains("<scope>test</scope>"))
                .collect(Collectors.joining());

        assertThat(wanted).contains("jtask-quarkus", "quarkus-rest");
        assertThat(blocks("xml").get(0).replaceAll("(?m)^ +", "")).isEqualTo(wanted);
    }

    @Test
    void itsVersionsComeFromTheBomOfThisCheckout() {
        var bom = read(Path.of("../../bom/pom.xml"));
        var pom = read(Path.of("pom.xml"));
        var version = pom.substring(pom.indexOf("<version>"), pom.indexOf("</version>"));

        assertThat(bom).contains("<artifactId>jtask-quarkus</artifactId>", version);
        assertThat(blocks("xml"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("<dependencyManagement>")
                .contains("<artifactId>jtask-bom</artifactId>", version, "<type>pom</type>", "<scope>import</scope>");
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
