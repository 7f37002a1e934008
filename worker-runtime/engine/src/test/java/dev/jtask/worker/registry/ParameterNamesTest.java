package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Task;
import dev.jtask.task.TaskContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Maven compiles without `-parameters` by default: positions work, and names say what is missing.
class ParameterNamesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void positionsNeedNoNames() throws Exception {
        assertThat(Called.run(images(), "img.resize", "a.png", 10)).isEqualTo("a.png 10");
    }

    @Test
    void itsTasksAreNamelessAndNoOthers() {
        var all = new ArrayList<>(images());
        all.addAll(TaskClasses.of(new Named()));
        all.add(Lambda.task("l.upper", String.class, text -> text));

        assertThat(new TaskRegistry(all).nameless()).containsExactly("img.resize");
        assertThat(Called.task(all, "img.resize").argumentName(0)).isEmpty();
    }

    /// With names, one of which is for all that are left.
    static final class Named {
        @Task("named.all")
        public void all(String first, TaskContext context, String... more) {}
    }

    @Test
    void eachPlaceHasTheNameOfItsParameter() {
        var named = TaskClasses.of(new Named()).getFirst();

        assertThat(named.argumentName(0)).isEqualTo("first");
        assertThat(named.argumentName(1)).isEqualTo("more");
        assertThat(named.argumentName(7)).isEqualTo("more");
    }

    @Test
    void aLimitByAKeyNeedsThem() {
        var limited = TaskOptions.DEFAULT.withSharedLimits(new SharedLimits(1, null, LimitKey.of("width")));

        assertThatThrownBy(() -> images().getFirst().withOptions(limited))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limitKey = \"width\": its class has no parameter names")
                .hasMessageContaining("-parameters");
        assertThatThrownBy(
                        () -> Lambda.task("l.upper", String.class, text -> text).withOptions(limited))
                .hasMessageContaining("limitKey = \"width\": a lambda's parameters have no names");
    }

    @Test
    void aKeywordArgumentSaysHowToCompile() {
        assertThatThrownBy(() -> Called.json(images(), "img.resize", "['a.png']", "{'width': 10}"))
                .isInstanceOf(BadArgumentsException.class)
                .hasMessageContaining("keyword arguments [width]")
                .hasMessageContaining("-parameters")
                .hasMessageContaining("<maven.compiler.parameters>true</maven.compiler.parameters>")
                .hasMessageContaining("Gradle: options.compilerArgs")
                .hasMessageContaining("IntelliJ");
    }

    @Test
    void aMissingArgumentIsNamedByItsPlace() {
        assertThatThrownBy(() -> Called.run(images(), "img.resize", "a.png"))
                .isInstanceOf(BadArgumentsException.class)
                .hasMessageContaining("missing argument 2 (int)")
                .hasMessageContaining("-parameters");
    }

    @Test
    void aLambdaHasNoNames() {
        var task = List.of(Lambda.task("l.upper", String.class, text -> text));
        assertThatThrownBy(() -> Called.json(task, "l.upper", "[]", "{'text': 'a'}"))
                .hasMessageContaining("keyword arguments [text]")
                .hasMessageContaining("by position");
        assertThatThrownBy(() -> Called.json(task, "l.upper", "[]", "{}")).hasMessage("missing argument 1 (String)");
    }

    private List<TaskDefinition> images() {
        return TaskClasses.inJars(List.of(JarOf.withoutParameterNames("""
                        package shop;
                        public final class Images {
                            @dev.jtask.task.Task("img.resize") public String resize(String file, int width) { return file + " " + width; }
                        }
                        """).at(folder.resolve("images.jar"))));
    }
}
