package dev.jtask.examples.plainjava;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.worker.Worker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The program on each Java that there is, with its own class path and nothing of this test's.
@RabbitMqTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopIT {

    private final RabbitMqNode node;
    private final Worker worker;

    ShopIT(RabbitMqNode node) {
        this.node = node;
        this.worker = Worker.builder()
                .broker(node.amqpUri())
                .queues("mail")
                .tasks(new MailTasks())
                .start();
    }

    @AfterAll
    void close() {
        worker.close();
    }

    /// The homes of the build's own Java, and of those that it was given: `make test` has 17, `make matrix` 21 as well.
    static Stream<String> homes() {
        return Stream.of("java17.home", "java21.home", "java.home")
                .flatMap(name -> Optional.ofNullable(System.getProperty(name)).stream())
                .filter(home -> !home.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("homes")
    void sendsATaskAndReadsItsResult(String home, @TempDir Path folder) throws IOException, InterruptedException {
        var said = folder.resolve("said").toFile();
        var shop = new ProcessBuilder(
                        Path.of(home, "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        Shop.class.getName(),
                        node.amqpUri(),
                        "Ada")
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        try {
            assertThat(shop.waitFor(180, TimeUnit.SECONDS))
                    .as("ended, having said: %s", read(said))
                    .isTrue();
            assertThat(read(said)).contains("Welcome, Ada!").doesNotContain("Exception");
            assertThat(shop.exitValue()).isZero();
        } finally {
            shop.destroyForcibly();
        }
    }

    private static String classPath() throws IOException {
        return Path.of("target", "classes")
                + File.pathSeparator
                + Files.readString(Path.of("target", "runtime.classpath"));
    }

    private static String read(File file) throws IOException {
        return Files.readString(file.toPath());
    }
}
