package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every Java example of the guides compiles against the worker and the client, without a warning.
class GuideSnippetsTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern TYPE = Pattern.compile("^(?:public )?(?:final )?(?:class|interface|record) (\\w+)");
    private static final String IMPORTS = "import com.fasterxml.jackson.core.type.TypeReference;\n"
            + Stream.of(
                            "com.fasterxml.jackson.databind",
                            "dev.jtask.task",
                            "dev.jtask.task.request",
                            "dev.jtask.client",
                            "dev.jtask.client.result",
                            "dev.jtask.client.control",
                            "dev.jtask.broker",
                            "dev.jtask.schedule",
                            "dev.jtask.seal",
                            "dev.jtask.worker",
                            "java.io",
                            "java.nio.file",
                            "java.math")
                    .map("import %s.*;\n"::formatted)
                    .collect(Collectors.joining())
            + Stream.of("java.time", "java.util", "java.util.stream")
                    .map("import %s.*;\n"::formatted)
                    .collect(Collectors.joining());

    @TempDir
    private Path classes = Path.of("");

    @TestFactory
    Stream<DynamicTest> compiles() throws IOException {
        try (var files = Files.list(Path.of("../../docs"))) {
            var tests = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("spring-boot.md")) // compiled and run in examples/spring-boot
                    .filter(file -> !file.endsWith("testing-tasks.md")) // compiled and run in jtask-test
                    .sorted()
                    .flatMap(this::snippets)
                    .toList();
            assertThat(tests).hasSizeGreaterThan(8);
            return tests.stream();
        }
    }

    private Stream<DynamicTest> snippets(Path guide) {
        var text = read(guide);
        return BLOCK.matcher(text).results().map(block -> {
            long line = text.substring(0, block.start()).lines().count() + 1;
            return DynamicTest.dynamicTest(guide.getFileName() + ":" + line, () -> compile(block.group(1)));
        });
    }

    private void compile(String code) throws IOException {
        var name = Optional.of(TYPE.matcher(code))
                .filter(match -> match.lookingAt())
                .map(match -> match.group(1));
        var source = name.isPresent()
                ? IMPORTS + code
                : IMPORTS + "final class Snippet { static void run(%s) throws Exception {\n".formatted(given(code))
                        + code + "}}\n";
        var output = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        output,
                        null,
                        null,
                        List.of(
                                "-d",
                                classes.toString(),
                                "-proc:none",
                                "-Xlint:deprecation,unchecked,rawtypes",
                                "-Werror"),
                        null,
                        List.of(new Source(name.orElse("Snippet"), source)))
                .call();
        assertThat(compiled).as(output + "\n" + source).isTrue();
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

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
