package dev.jtask.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is built is known: by sums, by fixed versions, and by a list inside each image.
class SupplyChainTest {

    @Test
    void mavenIsTheOneWhoseSumIsKnown() {
        assertThat(Texts.of(Path.of("../.mvn/wrapper/maven-wrapper.properties")))
                .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "worker-runtime/app"})
    void anImageHoldsTheListOfWhatIsInIt(String module) {
        assertThat(Texts.of(Path.of("..", module, "pom.xml")))
                .contains("<artifactId>cyclonedx-maven-plugin</artifactId>")
                .containsPattern("<from>\\$\\{project.build.directory}/sbom</from>\\s*<into>/opt/jtask</into>");
    }

    @Test
    void noVersionIsAnybodysGuess() {
        for (var pom : List.of("pom.xml", "operator/pom.xml", "worker-runtime/app/pom.xml", "spring/pom.xml")) {
            assertThat(Texts.of(Path.of("..", pom)))
                    .as(pom)
                    .isNotEmpty()
                    .doesNotContainPattern("<version>\\s*(LATEST|RELEASE|[(]|\\[(?!25,\\)))");
        }
    }

    @Test
    void whoFindsAHoleReadsWhereToTell() {
        assertThat(Texts.of(Path.of("../SECURITY.md"))).contains("Report a vulnerability", "docs/security.md");
    }
}
