package dev.jtask.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the guide says of its own example is so.
class GuideTest {

    private static final Pattern ORDERS = Pattern.compile("(?ms)^```java\\n(public final class Orders .*?)^```$");
    private static final Pattern SENT = Pattern.compile("`client\\.send\\((OrdersTasks\\..*)\\)`");

    @Test
    void itsRequestIsWritten(@TempDir Path folder) throws IOException, ReflectiveOperationException {
        var guide = Files.readString(Path.of("../docs/writing-tasks.md"));

        var compiled = Compiled.of(folder, first(ORDERS, guide), """
                public class Caller {
                    public static dev.jtask.task.request.TaskRequest<String> request() {
                        return %s;
                    }
                }
                """.formatted(first(SENT, guide)));

        assertThat(compiled.errors()).as(compiled.all()).isEmpty();
        var request =
                (TaskRequest<?>) compiled.load("Caller").getMethod("request").invoke(null);
        assertThat(request.task()).isEqualTo("orders.ship");
        assertThat(request.args()).containsExactly("A-17", 2, "fragile");
    }

    private static String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }
}
