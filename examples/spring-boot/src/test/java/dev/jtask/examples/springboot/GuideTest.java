package dev.jtask.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/spring-boot.md is this application: who copies its files has what the tests run.
class GuideTest {

    private static final Path GUIDE = Path.of("../../docs/spring-boot.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/jtask/examples/springboot");

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
        var pom = read(Path.of("pom.xml")).replaceAll("(?m)^ +", "");

        assertThat(blocks("xml"))
                .singleElement()
                .satisfies(block -> assertThat(pom).contains(block.replaceAll("(?m)^ +", "")));
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
