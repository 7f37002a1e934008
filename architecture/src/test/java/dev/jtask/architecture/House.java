package dev.jtask.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All modules of the repository: their sources, and the classes that were compiled of these.
final class House {

    static final String ROOF = "dev.jtask.";

    private static final Path ROOT = Path.of("..");
    private static final String MAIN = "src/main/java";
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private static @Nullable JavaClasses classes;

    private House() {}

    /// Every main class that has a source; what an older build left behind is not looked at.
    ///
    /// @throws IllegalStateException when a source is not compiled
    static synchronized JavaClasses classes() {
        if (classes == null) {
            var built = modules().stream()
                    .filter(module -> Files.isDirectory(module.resolve(MAIN)))
                    .peek(House::requireBuilt)
                    .map(module ->
                            module.resolve("target/classes").toAbsolutePath().normalize())
                    .toList();
            classes = new ClassFileImporter()
                    .withImportOption(location -> hasSource(Path.of(location.asURI())))
                    .importPaths(built);
        }
        return classes;
    }

    /// Main classes that stand in a file of their own.
    static Stream<JavaClass> topLevel() {
        return classes().stream()
                .filter(found ->
                        found.isTopLevelClass() && !found.getSimpleName().equals("package-info"));
    }

    /// A class's package below the roof, such as `worker.run`.
    static String room(JavaClass found) {
        return found.getPackageName().substring(ROOF.length());
    }

    static List<Path> modules() {
        return MODULE.matcher(Texts.of(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> ROOT.resolve(match.group(1)))
                .toList();
    }

    static List<Path> mainSources() {
        return sources(MAIN).toList();
    }

    static List<Path> testSources() {
        return sources("src/test/java").toList();
    }

    private static Stream<Path> sources(String folder) {
        return modules().stream()
                .map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(sources -> Texts.javaFiles(sources).stream());
    }

    private static void requireBuilt(Path module) {
        var sources = module.resolve(MAIN);
        var classes = module.resolve("target/classes");
        for (var source : Texts.javaFiles(sources)) {
            var compiled = sources.relativize(source).toString().replaceFirst("java$", "class");
            if (!Files.exists(classes.resolve(compiled))) {
                throw new IllegalStateException(
                        "%s of module %s is not compiled; build all modules first: ./mvnw -DskipTests package"
                                .formatted(source.getFileName(), ROOT.relativize(module)));
            }
        }
    }

    private static boolean hasSource(Path compiled) {
        var inModule = compiled.toString().split("/target/classes/", 2);
        return Files.exists(Path.of(inModule[0], MAIN, inModule[1].replaceFirst("(\\$.*)?\\.class$", ".java")));
    }
}
