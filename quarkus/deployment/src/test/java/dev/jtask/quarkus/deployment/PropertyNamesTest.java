package dev.jtask.quarkus.deployment;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.quarkus.JtaskConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PropertyNamesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`jtask\\..*?) \\|");
    private static final Pattern NAME = Pattern.compile("`(jtask\\.[a-z.-]+)`");

    @Test
    void areThoseOfTheSpringBootStarter() throws IOException {
        var rows = ROW.matcher(Files.readString(Path.of("../../docs/spring-boot.md")))
                .results()
                .map(MatchResult::group)
                .collect(joining());
        var springs = NAME.matcher(rows).results().map(match -> match.group(1)).collect(toSet());

        assertThat(springs).hasSizeGreaterThan(10);
        assertThat(PropertyNames.below("jtask", JtaskConfig.class)).containsExactlyInAnyOrderElementsOf(springs);
    }

    @Test
    void thoseOfTheBuildAreKnownToo() {
        assertThat(PropertyNames.below("jtask", JtaskBuildConfig.class))
                .containsExactly("jtask.devservices.enabled", "jtask.devservices.image-name");
    }
}
