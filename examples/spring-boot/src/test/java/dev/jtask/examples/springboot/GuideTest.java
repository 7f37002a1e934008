package dev.jtask.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/spring-boot.md is this application: who copies its files has what the tests run.
class GuideTest {

    private static final Path GUIDE = Path.of("../../docs/spring-boot.md");
    private static final String PACKAGE = "package dev.jtask.examples.springboot;";
    private static final List<Path> SOURCES = List.of(
            Path.of("src/main/java/dev/jtask/examples/springboot"),
            Path.of("src/test/java/dev/jtask/examples/springboot/MailTasksTest.java"));

    @Test
    void everyJavaBlockIsAFileOfTheExample() {
        var sources =
                SOURCES.stream().flatMap(GuideTest::files).map(GuideTest::read).toList();
        var blocks = blocks("java");

        assertThat(blocks).hasSize(5);
        assertThat(blocks)
                .allSatisfy(block -> assertThat(sources)
                        .as("sources with %s", block)
                        .anyMatch(source -> block.equals(source.replace(PACKAGE, "package shop;"))));
    }

    @Test
    void itsPropertiesAreTheExamples() {
        assertThat(blocks("properties")).containsExactly(read(Path.of("src/main/resources/application.properties")));
    }

    @Test
    void itsDependenciesAreTheExamples() {
        assertThat(dependencies(blocks("xml").getFirst()))
                .contains("jtask-spring-boot-starter", "spring-boot-starter-web")
                .isEqualTo(dependencies(read(Path.of("pom.xml"))));
    }

    @Test
    void itsVersionsAreThisCheckouts() {
        var pom = read(Path.of("pom.xml"));

        assertThat(blocks("xml"))
                .singleElement()
                .asString()
                .contains(
                        "<version>" + between("<spring-boot.version>", pom) + "</version>",
                        "<artifactId>jtask-bom</artifactId>",
                        "<version>" + between("<version>", pom) + "</version>");
    }

    @Test
    void everyPropertyIsInItsTable() {
        var guide = read(GUIDE);
        var names = Pattern.compile("\"name\": \"(jtask\\.[a-z.-]+)\",\\s+\"type\": \"(?!dev\\.jtask)")
                .matcher(read(Path.of("../../spring/target/classes/META-INF/spring-configuration-metadata.json")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(names).hasSizeGreaterThan(10);
        assertThat(names).allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }

    @Test
    void itsTableIsTheJars() {
        assertThat(blocks("sql"))
                .first()
                .isEqualTo(read(Path.of("../../spring/src/main/resources/dev/jtask/spring/outbox/postgresql.sql")));
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

    private static Stream<Path> files(Path under) {
        try (var files = Files.walk(under)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
