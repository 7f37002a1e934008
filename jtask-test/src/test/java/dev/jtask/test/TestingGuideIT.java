package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.jtask.testing.process.JavaSources;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        var sources = new LinkedHashMap<String, String>();
        var tests = new ArrayList<String>();
        var blocks = BLOCK.matcher(Files.readString(Path.of("../docs/testing-tasks.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        for (var block : blocks) {
            var type = TYPE.matcher(block);
            if (type.find()) {
                sources.put(type.group(1), IMPORTS + block);
                if (type.group(1).endsWith("Test")) {
                    tests.add(type.group(1));
                }
            } else {
                var name = "Snippet" + sources.size();
                sources.put(
                        name,
                        "%s final class %s { static void run(TaskClient client, JTask jtask) {\n%s}}\n"
                                .formatted(IMPORTS, name, block));
            }
        }

        JavaSources.compile(sources, folder, "-parameters");
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
}
