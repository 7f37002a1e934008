package dev.jtask.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The directions and the house rules of the whole repository.
class ArchitectureTest {

    private static final Path ROOT = Path.of("..");
    private static final int MOST_LINES = 400;

    /// Which modules each module may use, by package.
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            entry("protocol", List.of()),
            entry("task", List.of("protocol")),
            entry("broker", List.of("task", "protocol")),
            entry("backend", List.of("protocol")),
            entry("redis", List.of("backend", "protocol")),
            entry("schedule", List.of("broker", "task", "protocol", "client")),
            entry("client", List.of("broker", "backend", "task", "protocol")),
            entry("worker", List.of("client", "broker", "backend", "schedule", "task", "protocol")),
            entry("autoscaler", List.of()),
            entry("crds", List.of()),
            entry("operator", List.of("crds", "autoscaler", "client", "protocol")),
            entry("testing", List.of()),
            entry("local", List.of("crds", "client", "broker", "task", "protocol", "testing")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPaths(sourceFolders("target/classes").toList());

    static Stream<String> modules() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void arrowsPointOneWay(String module) {
        var allowed = Stream.concat(Stream.of(module), MAY_USE.getOrDefault(module, List.of()).stream())
                .map(name -> "dev.jtask." + name + "..")
                .toArray(String[]::new);
        var jtask = resideInAPackage("dev.jtask..");

        noClasses()
                .that()
                .resideInAPackage("dev.jtask." + module + "..")
                .should()
                .dependOnClassesThat(jtask.and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .check(CLASSES);
    }

    @Test
    void theAutoscalerKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.jtask.autoscaler..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("dev.jtask.autoscaler..", "java..", "org.jspecify.."))
                .check(CLASSES);
    }

    @Test
    void theProtocolDoesNoInputOrOutput() {
        classes()
                .that()
                .resideInAPackage("dev.jtask.protocol..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.jtask.protocol..", "java..", "com.fasterxml.jackson..", "org.jspecify.."))
                .check(CLASSES);
    }

    @Test
    void workersKnowNothingOfKubernetes() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.jtask.worker..", "dev.jtask.client..", "dev.jtask.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.quarkus..", "io.javaoperatorsdk..")
                .check(CLASSES);
    }

    @Test
    void modulesFormNoCycle() {
        slices().matching("dev.jtask.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = sourceFolders("src/main/java")
                .flatMap(ArchitectureTest::javaFiles)
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !text(folder.resolve("package-info.java")).contains("@NullMarked"));

        assertThat(unmarked).isEmpty();
    }

    @Test
    void noClassIsNamedForNothing() {
        var unnamed = sourceFolders("src")
                .flatMap(ArchitectureTest::javaFiles)
                .filter(file -> file.getFileName().toString().matches(".*(Utils?|Helper|Manager|Common|Impl)\\.java"));

        assertThat(unnamed).isEmpty();
    }

    @Test
    void noFileIsLongerThanFourHundredLines() {
        var tooLong = sourceFolders("src")
                .flatMap(ArchitectureTest::javaFiles)
                .filter(file -> text(file).lines().count() > MOST_LINES);

        assertThat(tooLong).isEmpty();
    }

    private static Stream<Path> sourceFolders(String name) {
        return Stream.of(ROOT, ROOT.resolve("examples"), ROOT.resolve("local"))
                .flatMap(ArchitectureTest::children)
                .map(module -> module.resolve(name))
                .filter(Files::isDirectory);
    }

    private static Stream<Path> children(Path folder) {
        try (var found = Files.list(folder)) {
            return found.toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (var found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
