package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The instances that the worker makes of the classes in jars, or the sentence that says why it cannot.
class InstancesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void recordsEnumsAndSingletonsAreInstances() throws Exception {
        var tasks = shop(
                "package shop; public record Empty() { @dev.jtask.task.Task(\"record\") public String run() { return \"record\"; } }",
                "package shop; public enum One { INSTANCE; @dev.jtask.task.Task(\"enum\") public String run() { return name(); } }",
                """
                package shop;
                public enum Body { ONLY { public String run() { return "body"; } }; @dev.jtask.task.Task("body") public abstract String run(); }
                """,
                """
                package shop;
                public final class KotlinObject {
                    public static final KotlinObject INSTANCE = new KotlinObject();
                    private KotlinObject() {}
                    @dev.jtask.task.Task("object") public String run() { return this == INSTANCE ? "object" : "another"; }
                }
                """,
                """
                package shop;
                public final class Holder {
                    public static final Companion Companion = new Companion();
                    @dev.jtask.task.Task("companion.static") public static String also() { return Companion.also(); }
                    public static final class Companion {
                        private Companion() {}
                        @dev.jtask.task.Task("companion") public String run() { return this == Companion ? "companion" : "another"; }
                        @dev.jtask.task.Task("companion.static") public String also() { return "static"; }
                    }
                }
                """,
                """
                package shop;
                public final class Scala$ {
                    public static final Scala$ MODULE$ = new Scala$();
                    private Scala$() {}
                    @dev.jtask.task.Task("scala") public String run() { return "scala"; }
                }
                """);
        assertThat(Called.names(tasks))
                .containsExactly("body", "companion", "companion.static", "enum", "object", "record", "scala");
        assertThat(Called.run(tasks, "record")).isEqualTo("record");
        assertThat(Called.run(tasks, "enum")).isEqualTo("INSTANCE");
        assertThat(Called.run(tasks, "body")).isEqualTo("body");
        assertThat(Called.run(tasks, "object")).isEqualTo("object");
        assertThat(Called.run(tasks, "companion")).isEqualTo("companion");
        assertThat(Called.run(tasks, "companion.static")).isEqualTo("static");
        assertThat(Called.run(tasks, "scala")).isEqualTo("scala");
    }

    @Test
    void nestedAndPackagePrivateClassesAreInstances() throws Exception {
        var tasks = shop(
                "package shop; class Closed { @dev.jtask.task.Task(\"closed\") public String run() { return \"closed\"; } }",
                """
                package shop;
                public class Outer {
                    static class Nested { @dev.jtask.task.Task("nested") public String run() { return "nested"; } }
                }
                """);
        assertThat(Called.run(tasks, "closed")).isEqualTo("closed");
        assertThat(Called.run(tasks, "nested")).isEqualTo("nested");
    }

    @Test
    void oneInstanceRunsAllTasksOfItsClass() throws Exception {
        var tasks = shop("""
                package shop;
                import dev.jtask.task.Task;
                public class Counter {
                    private int count;
                    @Task("up") public int up() { return ++count; }
                    @Task("down") public int down() { return --count; }
                }
                """);
        assertThat(Called.run(tasks, "up")).isEqualTo(1);
        assertThat(Called.run(tasks, "down")).isEqualTo(0);
    }

    @Test
    void staticTasksNeedNoInstance() throws Exception {
        var tasks = shop(
                "package shop; public interface Texts { @dev.jtask.task.Task(\"upper\") static String upper(String text) { return text.toUpperCase(); } }",
                "package shop; public class Closed { private Closed(int x) {} @dev.jtask.task.Task(\"closed\") public static int run() { return 1; } }");
        assertThat(Called.run(tasks, "upper", "a")).isEqualTo("A");
        assertThat(Called.run(tasks, "closed")).isEqualTo(1);
    }

    @Test
    void aClassThatCannotBeMadeIsRefusedWithTheFix() {
        assertThatThrownBy(
                        () -> shop(
                                "package shop; public class A { public A(String url) {} @dev.jtask.task.Task(\"a\") public void run() {} }"))
                .hasMessageContaining("cannot create shop.A")
                .hasMessageContaining("constructor without parameters")
                .hasMessageContaining("static");
        assertThatThrownBy(
                        () -> shop(
                                "package shop; public record A(String url) { @dev.jtask.task.Task(\"a\") public void run() {} }"))
                .hasMessageContaining("cannot create shop.A")
                .hasMessageContaining("record");
        assertThatThrownBy(() ->
                        shop("package shop; public enum A { X, Y; @dev.jtask.task.Task(\"a\") public void run() {} }"))
                .hasMessageContaining("cannot create shop.A")
                .hasMessageContaining("enum");
        assertThatThrownBy(
                        () -> shop(
                                "package shop; public class A { public class Inner { @dev.jtask.task.Task(\"a\") public void run() {} } }"))
                .hasMessageContaining("cannot create shop.A$Inner")
                .hasMessageContaining("make it static");
    }

    @Test
    void aConstructorThatThrowsIsNamedWithWhatItThrew() {
        assertThatThrownBy(
                        () -> shop(
                                "package shop; public class A { public A() { throw new IllegalStateException(\"no DB_URL\"); } @dev.jtask.task.Task(\"a\") public void run() {} }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot create shop.A")
                .hasMessageContaining("IllegalStateException: no DB_URL")
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStaticInitializerThatThrowsIsNamedAtTheStart() {
        for (var modifier : List.of("static", "")) {
            assertThatThrownBy(() -> shop("""
                            package shop;
                            public class A {
                                static final int PORT = Integer.parseInt("eighty");
                                @dev.jtask.task.Task("a") public %s void run() {}
                            }
                            """.formatted(modifier)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("shop.A")
                    .hasMessageContaining("static initializer")
                    .hasMessageContaining("For input string: \"eighty\"");
        }
    }

    @Test
    void anErrorOfAStaticInitializerIsNamedToo() {
        assertThatThrownBy(() -> shop("""
                        package shop;
                        public class A {
                            static { if (true) throw new AssertionError("never"); }
                            @dev.jtask.task.Task("a") public void run() {}
                        }
                        """))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot load shop.A: its static initializer threw")
                .hasMessageContaining("never");
    }

    private List<TaskDefinition> shop(String... sources) {
        return TaskClasses.inJars(List.of(JarOf.sources(sources).at(folder.resolve("shop.jar"))));
    }
}
