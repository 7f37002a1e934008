package dev.jtask.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    private static final String CLIENT = "jtask-client";

    @TempDir
    Path root = Path.of("");

    private Repository repository = new Repository(root);

    @BeforeEach
    void fill() {
        repository = Repository.in(root);
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"})
    void namesTheFileThatIsMissing(String suffix) {
        for (var each : List.of("", ".md5", ".sha1", ".asc")) {
            repository.remove(CLIENT, suffix + each);
        }

        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("jtask-client: it has no")
                .contains(suffix);
    }

    @ParameterizedTest
    @ValueSource(strings = {".pom.md5", ".jar.sha1", "-sources.jar.asc"})
    void namesWhatIsMissingBesideAFile(String suffix) {
        repository.remove(CLIENT, suffix);

        var parts = suffix.lastIndexOf('.');
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("jtask-client: jtask-client-1.2" + suffix.substring(0, parts) + " has no")
                .contains(suffix.substring(parts));
    }

    @Test
    void needsNoSignaturesOfWhoHasNoKey() {
        repository.remove(CLIENT, ".jar.asc");

        assertThat(Bundle.of(root).faults(false)).isEmpty();
    }

    @Test
    void seesASumOfSomethingElse() {
        repository.write(CLIENT, ".jar.md5", "0123");

        assertThat(faults()).contains("jtask-client: jtask-client-1.2.jar is not what its .md5 says");
    }

    @Test
    void seesJarsWithoutContent() {
        repository.jar(CLIENT, "-sources.jar", "README.md");

        assertThat(faults()).containsExactly("jtask-client: jtask-client-1.2-sources.jar holds no .java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "description", "url", "licenses", "developers", "developerConnection"})
    void namesTheElementThatIsMissing(String element) {
        repository.write(
                "jtask-parent", ".pom", Repository.PARENT.replaceFirst("<%1$s>.*</%1$s>".formatted(element), ""));

        assertThat(faults())
                .anySatisfy(
                        fault -> assertThat(fault).startsWith("jtask-parent: ").contains("<" + element + ">"));
    }

    @Test
    void aChildHasANameOfItsOwn() {
        repository.write(CLIENT, ".pom", Repository.CLIENT.replace("<name>jtask client</name>", ""));

        assertThat(faults()).containsExactly("jtask-client: its pom has no <name>");
    }

    @Test
    void refusesSnapshotsAndOtherVersions() {
        repository.write(CLIENT, ".pom", Repository.CLIENT.replace("1.2", "1.2-SNAPSHOT"));

        assertThat(faults())
                .contains(
                        "jtask-client: its pom's <version> is not 1.2, as its place says",
                        "jtask-client: its pom names 1.2-SNAPSHOT, and a release depends on releases only");
    }

    @Test
    void isWhatTheBomLists() {
        repository.write("jtask-operator", ".pom", Repository.PARENT.replace("jtask-parent", "jtask-operator"));
        repository.write("jtask-bom", ".pom", Repository.BOM.replace("jtask-client", "jtask-redis"));

        assertThat(faults())
                .contains(
                        "jtask-operator: the BOM does not list it; set maven.deploy.skip in its pom",
                        "jtask-redis: the BOM lists it, the bundle lacks it");
    }

    private List<String> faults() {
        return Bundle.of(root).faults(true);
    }
}
