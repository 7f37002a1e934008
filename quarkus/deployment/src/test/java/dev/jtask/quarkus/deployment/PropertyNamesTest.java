package dev.jtask.quarkus.deployment;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.quarkus.JtaskConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PropertyNamesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`jtask\\..*?) \\|");
    private static final Pattern NAME = Pattern.compile("`(jtask\\.[a-z.-]+)`");

    @Test
    void areWordsOfTheSpringBootStarter() throws IOException {
        assertThat(PropertyNames.below("jtask", JtaskConfig.class))
                .hasSizeGreaterThan(10)
                .isSubsetOf(documented("spring-boot.md"));
    }

    @Test
    void areThoseOfTheGuide() throws IOException {
        var names = PropertyNames.below("jtask", JtaskConfig.class);
        var ofTheBuild = PropertyNames.below("jtask", JtaskBuildConfig.class);

        assertThat(ofTheBuild).containsExactly("jtask.devservices.enabled", "jtask.devservices.image-name");
        assertThat(documented("quarkus.md")).containsAll(names).containsAll(ofTheBuild);
        assertThat(documented("quarkus.md")).hasSize(names.size() + ofTheBuild.size());
    }

    private static Set<String> documented(String guide) throws IOException {
        var rows = ROW.matcher(Files.readString(Path.of("../../docs", guide)))
                .results()
                .map(MatchResult::group)
                .collect(joining());
        return NAME.matcher(rows).results().map(match -> match.group(1)).collect(toSet());
    }
}
