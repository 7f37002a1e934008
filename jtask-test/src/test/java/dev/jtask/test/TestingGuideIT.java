package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// The examples of the guide compile, and its tests are run: in memory, and those on a real broker there.
class TestingGuideIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?class (\\w+)");
    private static final String IMPORTS = "import static org.assertj.core.api.Assertions.assertThat;\n"
            + Stream.of(
                            "dev.jtask.client",
                            "dev.jtask.schedule",
                            "dev.jtask.task",
                            "dev.jtask.task.request",
                            "dev.jtask.test",
                            "java.time",
                            "java.util",
                            "org.junit.jupiter.api")
                    .map("import %s.*;\n"::formatted)
                    .collect(Collectors.joining());

    @Test
    void itsExamplesAreTrue(@TempDir Path folder) throws IOException, ClassNotFoundException {
        var sources = new ArrayList<Source>();
        var tests = new ArrayList<String>();
        var blocks = BLOCK.matcher(Files.readString(Path.of("../docs/testing-tasks.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        for (var block : blocks) {
            var type = TYPE.matcher(block);
            if (type.find()) {
                sources.add(new Source(type.group(1), IMPORTS + block));
                if (type.group(1).endsWith("Test")) {
                    tests.add(type.group(1));
                }
            } else {
                var name = "Snippet" + sources.size();
                sources.add(new Source(
                        name,
                        "%s final class %s { static void run(TaskClient client, JTask jtask) {\n%s}}\n"
                                .formatted(IMPORTS, name, block)));
            }
        }

        compile(sources, folder);
        var summary = new SummaryGeneratingListener();
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            var selectors = new ArrayList<DiscoverySelector>();
            for (var test : tests) {
                selectors.add(selectClass(loader.loadClass(test)));
            }
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectors)
                                    .build(),
                            summary);
        }

        assertThat(tests).containsExactly("InvoicesTest", "CheckoutOnRabbitMqTest", "CheckoutTest");
        assertThat(summary.getSummary().getFailures()).isEmpty();
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(5);
    }

    private static void compile(List<Source> sources, Path folder) {
        var output = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        output,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-proc:none", "-parameters"),
                        null,
                        sources)
                .call();
        assertThat(compiled).as(output.toString()).isTrue();
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
