package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.process.JavaSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every Java example of the guides compiles against the worker and the client, without a warning and with the imports
/// that they say are left out; and every path that they name is there.
class GuideSnippetsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern PATH = Pattern.compile("(?<![\\w./$:{@-])(?!target/)[\\w-][\\w.-]*(/[\\w.*-]+)+");
    private static final Path CHECKOUT = Guides.CHECKOUT;
    private static final Pattern TYPE = Pattern.compile("^(?:public )?(?:final )?(?:class|interface|record) (\\w+)");
    private static final Pattern IMPORT = Pattern.compile("`((?:[a-z]+\\.)+(?:\\*|[A-Z]\\w*))`");
    private static final List<String> JDK =
            List.of("java.io.*", "java.math.*", "java.nio.file.*", "java.time.*", "java.util.*", "java.util.stream.*");
    private static final String IMPORTS = imports();

    @TempDir
    private Path classes = Path.of("");

    @TestFactory
    Stream<DynamicTest> compiles() throws IOException {
        try (var files = Files.list(CHECKOUT.resolve("docs"))) {
            var tests = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("spring-boot.md")) // followed to the letter in examples/guides
                    .filter(file -> !file.endsWith("quarkus.md")) // as this
                    .filter(file -> !file.endsWith("plain-java.md")) // and this
                    .filter(file -> !file.endsWith("moving-from-celery.md")) // and this
                    .filter(file -> !file.endsWith("testing-tasks.md")) // compiled and run in jtask-test
                    .sorted()
                    .flatMap(this::snippets)
                    .toList();
            assertThat(tests).hasSizeGreaterThan(8);
            return tests.stream();
        }
    }

    /// What a reader is told to read or to run is there once the checkout is built.
    @TestFactory
    Stream<DynamicTest> namesPathsOfTheCheckout() throws IOException {
        var paths = Guides.pages().stream()
                .flatMap(guide -> paths(read(guide)).map(path -> Map.entry(guide.normalize(), path)))
                .toList();
        assertThat(paths).hasSizeGreaterThan(20);
        return paths.stream()
                .map(each -> DynamicTest.dynamicTest(
                        "%s: %s".formatted(each.getKey().getFileName(), each.getValue()),
                        () -> assertThat(CHECKOUT.resolve(built(each.getValue())))
                                .exists()));
    }

    /// In what is to be typed, and what is set as code.
    private static Stream<String> paths(String guide) {
        var typed = SHELL.matcher(guide).results();
        var named = CODE.matcher(FENCED.matcher(guide).replaceAll("")).results();
        return Stream.concat(typed, named)
                .flatMap(match -> PATH.matcher(match.group(1)).results())
                .map(match -> match.group())
                .filter(path -> Files.isDirectory(CHECKOUT.resolve(path.replaceFirst("/.*", ""))))
                .distinct();
    }

    /// Of what a build makes, that there is something to build.
    private static String built(String path) {
        return path.replaceFirst("/target(/.*)?$", "/pom.xml");
    }

    private Stream<DynamicTest> snippets(Path guide) {
        var text = read(guide);
        return BLOCK.matcher(text).results().map(block -> {
            long line = text.substring(0, block.start()).lines().count() + 1;
            return DynamicTest.dynamicTest(guide.getFileName() + ":" + line, () -> compile(block.group(1)));
        });
    }

    /// Those that the guides' first page says are left out.
    private static String imports() {
        var sentence = Pattern.compile("Java examples leave out imports: (.*?\\.)\\s")
                .matcher(read(CHECKOUT.resolve("docs/README.md")));
        assertThat(sentence.find()).isTrue();
        var named = IMPORT.matcher(sentence.group(1)).results().map(match -> match.group(1));
        return Stream.concat(named, JDK.stream())
                .filter(name -> !name.startsWith("dev.jtask.test.")) // in jtask-test, which compiles its guide
                .map("import %s;\n"::formatted)
                .collect(Collectors.joining());
    }

    private void compile(String code) {
        var name = Optional.of(TYPE.matcher(code))
                .filter(match -> match.lookingAt())
                .map(match -> match.group(1));
        var source = name.isPresent()
                ? IMPORTS + code
                : IMPORTS + "final class Snippet { static void run(%s) throws Exception {\n".formatted(given(code))
                        + code + "}}\n";
        JavaSources.compile(
                Map.of(name.orElse("Snippet"), source), classes, "-Xlint:deprecation,unchecked,rawtypes", "-Werror");
    }

    /// A snippet that makes no client of its own is given one.
    private static String given(String code) {
        return code.contains("var client") ? "" : "TaskClient client";
    }

    private static String read(Path guide) {
        try {
            return Files.readString(guide);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
