package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.process.JavaSources;
import dev.jtask.testing.process.TaskJar;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// README's first steps in their order, letter by letter: define, build, start a worker, send from Java and from
/// Python.
@RabbitMqTest
class ReadmeIT {

    private static final String BROKER = "amqp://guest:guest@localhost";
    private static final Pattern PYTHON = Pattern.compile("`(app\\.send_task\\(.*?\\.get\\(\\))`");
    private static final String IMPORTS = """
            import com.fasterxml.jackson.databind.JsonNode;
            import dev.jtask.client.TaskClient;
            import dev.jtask.client.result.TaskHandle;
            import java.time.Duration;
            """;

    @Test
    void itsFirstStepsWork(RabbitMqNode broker, @TempDir Path folder) throws Exception {
        var readme = Files.readString(Path.of("../../README.md"));
        var jar = jar(block(readme, "Define a task", "java"), folder);

        try (var worker = WorkerProcess.start(folder, broker, variables(readme), jar.toString())) {
            worker.awaitReady();

            var send = block(readme, "Send it", "java").replace(BROKER, broker.amqpUri());
            assertThat(java(send, folder)).isEqualTo("10");
            assertThat(python(readme, broker)).isEqualTo("10");
        }
    }

    private static String block(String readme, String heading, String language) {
        return readme.split("\n## " + heading + "\n", 2)[1]
                .split("```" + language + "\n", 2)[1]
                .split("```", 2)[0];
    }

    private static Path jar(String code, Path folder) throws IOException, ClassNotFoundException {
        var classes = Files.createDirectory(folder.resolve("classes"));
        JavaSources.compile(Map.of("Sums", code), classes, "-parameters");
        try (var loader = loader(classes)) {
            return TaskJar.write(folder.resolve("my-tasks.jar"), loader.loadClass("Sums"));
        }
    }

    /// Those before the command, but for the broker, which is the test's own.
    private static Map<String, String> variables(String readme) {
        var line = block(readme, "Define a task", "sh").strip();
        assertThat(line)
                .startsWith("JTASK_BROKER_URI=" + BROKER)
                .endsWith("worker-runtime/bin/jtask-worker my-tasks.jar");
        return Arrays.stream(line.split(" "))
                .filter(word -> word.startsWith("JTASK_") && !word.startsWith("JTASK_BROKER_URI="))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
    }

    private static String java(String code, Path folder) throws Exception {
        var classes = Files.createDirectory(folder.resolve("sender"));
        var program = IMPORTS + "public class Send { public static void main(String[] args) throws Exception {\n" + code
                + "}}\n";
        JavaSources.compile(Map.of("Send", program), classes);
        return output(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                "Send");
    }

    private static String python(String readme, RabbitMqNode broker) throws Exception {
        var call = PYTHON.matcher(readme);
        assertThat(call.find()).isTrue();
        return output(
                "/usr/bin/python3",
                "-c",
                "from celery import Celery\napp = Celery(broker='%s', backend='rpc://')\nprint(%s)"
                        .formatted(broker.amqpUri(), call.group(1)));
    }

    private static String output(String... command) throws Exception {
        var process = new ProcessBuilder(List.of(command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static URLClassLoader loader(Path classes) throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, ReadmeIT.class.getClassLoader());
    }
}
