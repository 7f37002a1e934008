package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What an application gets along with this artifact, as Maven resolves it: no more than is said here.
class ComesAlongTest {

    private static final Pattern ARTIFACT = Pattern.compile("^ +([\\w.-]+:[\\w.-]+):jar:", Pattern.MULTILINE);
    private static final Pattern OPTIONAL = Pattern.compile("(?m)^.*\\(optional\\).*$");

    private static final List<String> ALLOWED = List.of(
            "com.fasterxml.jackson.core:jackson-annotations",
            "com.fasterxml.jackson.core:jackson-core",
            "com.fasterxml.jackson.core:jackson-databind",
            "com.fasterxml.jackson.datatype:jackson-datatype-jdk8",
            "com.rabbitmq:amqp-client",
            "dev.jtask:jtask-protocol",
            "dev.jtask:jtask-task",
            "io.netty:netty-buffer",
            "io.netty:netty-codec",
            "io.netty:netty-common",
            "io.netty:netty-handler",
            "io.netty:netty-resolver",
            "io.netty:netty-transport",
            "io.netty:netty-transport-native-unix-common",
            "org.jspecify:jspecify",
            "org.slf4j:slf4j-api");

    @Test
    void anApplicationGetsTheseAndNoMore() throws IOException {
        var listed = Files.readString(Path.of("target/comes-along.txt")).replaceAll("\\x1b\\[[0-9;]*m", "");
        var brought = ARTIFACT.matcher(OPTIONAL.matcher(listed).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(brought).containsExactlyInAnyOrderElementsOf(ALLOWED);
    }
}
