package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
