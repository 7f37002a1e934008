package dev.jtask.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is built is known: by sums, by fixed versions, and by a list inside each image.
class SupplyChainTest {

    @Test
    void mavenIsTheOneWhoseSumIsKnown() {
        assertThat(Texts.of(Path.of("../.mvn/wrapper/maven-wrapper.properties")))
                .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$");
    }

    @ParameterizedTest
    @CsvSource({
        "operator,           /opt/jtask",
        "worker-runtime/app, /opt/jtask",
        "examples/quickstart, /opt/jtask/tasks"
    })
    void anImageHoldsTheListOfWhatIsInIt(String module, String folder) {
        assertThat(Texts.of(Path.of("..", module, "pom.xml")))
                .contains("<artifactId>cyclonedx-maven-plugin</artifactId>")
                .containsPattern("<from>\\$\\{project.build.directory}/sbom</from>\\s*<into>" + folder + "</into>");
    }

    @Test
    void theListIsThatOfTheModuleAndThereBeforeTheImage() {
        assertThat(Texts.of(Path.of("../pom.xml")))
                .containsPattern("(?s)<artifactId>cyclonedx-maven-plugin</artifactId>\\s*<version>[^<]+</version>\\s*"
                        + "<configuration>\\s*<outputDirectory>\\$\\{project.build.directory}/sbom</outputDirectory>\\s*"
                        + "<outputName>sbom</outputName>\\s*<outputFormat>json</outputFormat>\\s*"
                        + "<includeProvidedScope>false</includeProvidedScope>\\s*"
                        + "<includeTestScope>false</includeTestScope>")
                .containsPattern("(?s)<goal>makeBom</goal>\\s*</goals>\\s*<phase>prepare-package</phase>");
    }

    /// Of an image itself: ImageSbomIT says what is found.
    @Test
    void noImageIsMadeWithoutALookAtItsList() {
        assertThat(Texts.of(Path.of("../Makefile")))
                .containsPattern("(?s)\nimage:.*\n\t@scripts/image-sbom operator/target/\\*\\.tar"
                        + " worker-runtime/app/target/\\*\\.tar examples/quickstart/target/\\*\\.tar\n.*\npublish:");
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
