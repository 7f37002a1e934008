package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// docs/troubleshooting.md explains what is said, word by word: each message is one of the sources.
class TroubleshootingGuideTest {

    private static final Path CHECKOUT = Guides.CHECKOUT;
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern VARIES = Pattern.compile("…");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern SOURCE = Pattern.compile(".*/src/main/java/.*\\.java");
    private static final Set<String> BUILT = Set.of("target", "node_modules", ".git");

    @TestFactory
    Stream<DynamicTest> explainsMessagesThatThereAre() throws IOException {
        var said = Files.readString(CHECKOUT.resolve("docs/troubleshooting.md"))
                .split("\n## What a worker or client says", -1);
        var sources = sources();
        var messages =
                MESSAGE.matcher(said[1]).results().map(match -> match.group(1)).toList();
        assertThat(messages).hasSizeGreaterThan(20);
        return messages.stream()
                .map(message -> DynamicTest.dynamicTest(
                        message, () -> assertThat(sources).anyMatch(source -> says(source, message))));
    }

    private static boolean says(String source, String message) {
        return VARIES.splitAsStream(message).allMatch(source::contains);
    }

    private static List<String> sources() throws IOException {
        var sources = new ArrayList<String>();
        Files.walkFileTree(CHECKOUT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                // what other modules build at the same time comes and goes
                return BUILT.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (SOURCE.matcher(file.toString()).matches()) {
                    sources.add(JOINED.matcher(Files.readString(file)).replaceAll(""));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(sources).hasSizeGreaterThan(500);
        return sources;
    }
}
