package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.worker.execution.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/operating-a-worker.md says what the code does.
class OperatingGuideTest {

    private static final Pattern VARIABLE = Pattern.compile("JTASK_[A-Z_]+");

    @Test
    void namesEveryVariableAndNoOther() throws IOException {
        var code = Files.readString(Path.of("src/main/java/dev/jtask/worker/WorkerOptions.java"));
        assertThat(names(guide())).isEqualTo(names(code.substring(code.indexOf("fromEnvironment("))));
    }

    @Test
    void namesEveryOutcome() throws IOException {
        var guide = guide();
        assertThat(Arrays.stream(Outcome.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .map(name -> name.equals("Refused") ? "rejected" : name.toLowerCase(Locale.ROOT)))
                .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }

    private static Set<String> names(String text) {
        var names = new TreeSet<String>();
        VARIABLE.matcher(text).results().forEach(match -> names.add(match.group()));
        return names;
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("../docs/operating-a-worker.md"));
    }
}
