package dev.jtask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.task.Task;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.worker.app.options.AppOptions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// docs/moving-from-celery.md knows every option of the Celery that is installed here, and gives none of ours
/// that there is not.
class MovingGuideTest {

    private static final Pattern OPTION = Pattern.compile("[a-z][A-Za-z]*");
    private static final Pattern VARIABLE = Pattern.compile("JTASK_[A-Z_]+");

    private static final String TASKS = """
            from celery.app.task import Task
            print(*[name for name in dir(Task) if name[0].islower()], sep='\\n')
            print(*'autoretry_for retry_backoff retry_backoff_max retry_jitter retry_kwargs'.split(), sep='\\n')
            """;
    private static final String SENDING = """
            import inspect, re
            from celery.app.task import Task
            print(*[name for name in inspect.signature(Task.apply_async).parameters
                    if name not in ('self', 'options')], sep='\\n')
            print(*re.findall(r'^            (\\w+) \\(', Task.apply_async.__doc__, re.M), sep='\\n')
            """;
    private static final String SETTINGS = """
            from celery.app import defaults
            print(*[name for name, _ in defaults.flatten(defaults.NAMESPACES)], sep='\\n')
            """;
    private static final String COMMAND_LINE = """
            from celery.bin.celery import celery
            for command in celery, celery.commands['worker'], celery.commands['beat']:
                for option in command.params:
                    print(*[name for name in option.opts if name[0] == '-' and name not in ('--help', '--version')],
                          sep='\\n')
            """;

    @ParameterizedTest
    @CsvSource({"Tasks", "Sending", "Settings", "Command line"})
    void knowsWhateverCeleryHas(String section) throws IOException {
        var known = words(section, 0);

        assertThat(inCelery(section))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(known).anyMatch(each -> covers(each, name)));
    }

    @Test
    void givesOptionsThatThereAre() throws IOException {
        assertThat(options("Tasks")).hasSizeGreaterThan(15).isSubsetOf(methods(Task.class));
        assertThat(options("Sending")).hasSizeGreaterThan(5).isSubsetOf(methods(TaskRequest.class));
        var variables = VARIABLE.matcher(guide()).results().map(match -> match.group());
        assertThat(variables.collect(Collectors.toSet())).hasSizeGreaterThan(15).isSubsetOf(AppOptions.variables());
    }

    private static boolean covers(String documented, String name) {
        return documented.endsWith("*")
                ? name.startsWith(documented.substring(0, documented.length() - 1))
                : name.equals(documented);
    }

    private static Set<String> options(String section) throws IOException {
        return words(section, 1).stream()
                .filter(word -> OPTION.matcher(word).matches())
                .collect(Collectors.toSet());
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    private static Set<String> words(String section, int column) throws IOException {
        var text = guide().split("\n### " + section + "\n", -1)[1].split("\n### ", -1)[0];
        return text.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Guides.words(Guides.cells(line), column).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> inCelery(String section) throws IOException {
        var script = switch (section) {
            case "Tasks" -> TASKS;
            case "Sending" -> SENDING;
            case "Settings" -> SETTINGS;
            default -> COMMAND_LINE;
        };
        var python = new ProcessBuilder("/usr/bin/python3", "-c", script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var names = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return names.lines().filter(name -> !name.isBlank()).toList();
    }

    private static String guide() throws IOException {
        return Files.readString(Guides.CHECKOUT.resolve("docs/moving-from-celery.md"));
    }
}
