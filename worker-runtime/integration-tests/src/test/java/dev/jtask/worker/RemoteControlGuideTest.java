package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.client.control.Inspection;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/working-with-celery.md has all of the client's remote control.
class RemoteControlGuideTest {

    @Test
    void namesEveryCommand() throws IOException {
        var guide = Files.readString(Path.of("../../docs/working-with-celery.md"));
        assertThat(Stream.of(dev.jtask.client.control.Workers.class, Inspection.class)
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers())))
                .allSatisfy(method -> assertThat(guide).containsPattern("`" + method.getName() + "[`(]"));
    }
}
