package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.TaskClient;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.task.Task;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jars of tasks: their own class loader, which is the context of their tasks.
class TaskJarsTest {

    private static final String DRIVER = """
            package bugs;
            import java.sql.Connection;
            import java.sql.Driver;
            import java.sql.DriverManager;
            import java.sql.DriverPropertyInfo;
            import java.sql.SQLException;
            import java.util.Properties;
            public final class BugsDriver implements Driver {
                static {
                    try { DriverManager.registerDriver(new BugsDriver()); } catch (SQLException e) { throw new IllegalStateException(e); }
                }
                public boolean acceptsURL(String url) { return url.startsWith("jdbc:bugs:"); }
                public Connection connect(String url, Properties info) {
                    if (!acceptsURL(url)) return null;
                    return (Connection) java.lang.reflect.Proxy.newProxyInstance(BugsDriver.class.getClassLoader(),
                        new Class<?>[] {Connection.class}, (proxy, method, args) -> "connected");
                }
                public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) { return new DriverPropertyInfo[0]; }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    private static final String TASKS = """
            package bugs;
            import dev.jtask.task.Task;
            import java.sql.DriverManager;
            import java.util.ServiceLoader;
            public final class Faults {
                private final String greeting;
                public Faults() { greeting = ServiceLoader.load(Greeter.class).findFirst().orElseThrow().greet(); }
                @Task("bugs.connect")
                public static String connect() throws Exception {
                    return DriverManager.getConnection("jdbc:bugs:mem").toString();
                }
                @Task("bugs.greet")
                public String greet() { return greeting + ServiceLoader.load(Greeter.class).findFirst().orElseThrow().greet(); }
                @Task("bugs.resource")
                public static String resource() throws Exception {
                    try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream("bugs.properties")) {
                        return new String(in.readAllBytes());
                    }
                }
                @Task("bugs.name")
                public static Object name(String type) throws Exception {
                    return Class.forName(type, true, Thread.currentThread().getContextClassLoader()) == Faults.class;
                }
                @Task("bugs.child")
                public static Object child() throws Exception {
                    var seen = new java.util.concurrent.atomic.AtomicReference<ClassLoader>();
                    Thread.ofVirtual().start(() -> seen.set(Thread.currentThread().getContextClassLoader())).join();
                    return seen.get() == Faults.class.getClassLoader();
                }
                @Task("bugs.shape")
                public static Object shape(Shape shape) { return shape.getClass().getName(); }
                @Task("bugs.careless")
                public static void careless() { Thread.currentThread().setContextClassLoader(null); throw new IllegalStateException(); }
            }
            """;

    private static final String GREETER = "package bugs; public interface Greeter { String greet(); }";
    private static final String HELLO = """
            package bugs;
            public final class Hello implements Greeter { public String greet() { return "hello"; } }
            """;
    private static final String SHAPE = """
            package bugs;
            import com.fasterxml.jackson.annotation.JsonTypeInfo;
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
            public interface Shape {}
            """;
    private static final String CIRCLE = "package bugs; public record Circle(int radius) implements Shape {}";

    @TempDir
    private Path folder = Path.of("");

    private List<TaskDefinition> bugs() {
        return TaskClasses.inJars(List.of(JarOf.sources(DRIVER, TASKS, GREETER, HELLO, SHAPE, CIRCLE)
                .resource("META-INF/services/java.sql.Driver", "bugs.BugsDriver\n")
                .resource("META-INF/services/bugs.Greeter", "bugs.Hello\n")
                .resource("bugs.properties", "a=1")
                .at(folder.resolve("bugs.jar"))));
    }

    @Test
    void driversServicesAndResourcesOfTheJarAreFound() throws Exception {
        assertThat(DriverManager.drivers())
                .as("the JVM has looked for drivers before")
                .isNotNull();
        var tasks = bugs();
        assertThat(Called.run(tasks, "bugs.connect")).isEqualTo("connected");
        assertThat(Called.run(tasks, "bugs.greet")).isEqualTo("hellohello");
        assertThat(Called.run(tasks, "bugs.resource")).isEqualTo("a=1");
        assertThat(Called.run(tasks, "bugs.name", "bugs.Faults")).isEqualTo(true);
        assertThat(Called.run(tasks, "bugs.child")).isEqualTo(true);
        assertThat(Called.json(tasks, "bugs.shape", "[{'@class': 'bugs.Circle', 'radius': 1}]", "{}"))
                .isEqualTo("bugs.Circle");
    }

    @Test
    void theThreadHasItsOwnContextAgainAfterTheTask() {
        var tasks = bugs();
        var before = Thread.currentThread().getContextClassLoader();
        assertThatThrownBy(() -> Called.run(tasks, "bugs.careless")).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void aDriverThatCannotBeLoadedStopsNothing() throws Exception {
        var jar = JarOf.sources(
                        "package shop; public final class Fine { @dev.jtask.task.Task(\"fine\") public static int run() { return 1; } }")
                .resource("META-INF/services/java.sql.Driver", "shop.Missing\n")
                .at(folder.resolve("fine.jar"));
        assertThat(Called.run(TaskClasses.inJars(List.of(jar)), "fine")).isEqualTo(1);
    }

    @Test
    void aBaseAndItsSubclassAreOneTask() throws Exception {
        var tasks = shop("""
                package shop;
                import dev.jtask.task.Task;
                public class Base { @Task("shop.who") public String who() { return getClass().getSimpleName(); } }
                """, """
                package shop;
                public class Special extends Base { @Override public String who() { return "special"; } }
                """);
        assertThat(Called.names(tasks)).containsExactly("shop.who");
        assertThat(Called.run(tasks, "shop.who")).isEqualTo("Base");
    }

    @Test
    void anAbstractClassesTaskIsRunByItsOneSubclass() throws Exception {
        var tasks = shop("""
                package shop;
                import dev.jtask.task.Task;
                public abstract class Base<T> {
                    @Task("shop.who") public String who(T value) { return getClass().getSimpleName() + value; }
                    @Task("shop.fixed") public static int fixed() { return 1; }
                }
                """, """
                package shop;
                public class Special extends Base<Special.Order> { public record Order(int id) {} }
                """);
        assertThat(Called.names(tasks)).containsExactly("shop.fixed", "shop.who");
        assertThat(Called.json(tasks, "shop.who", "[{'id': 1}]", "{}")).isEqualTo("SpecialOrder[id=1]");
    }

    @Test
    void anInterfacesTaskIsRunByItsOneImplementation() throws Exception {
        var tasks = shop(
                """
                package shop;
                import dev.jtask.task.Task;
                public interface Mail { @Task("mail.send") String send(String to); @Task("mail.all") default String all() { return send("all"); } }
                """,
                "package shop; class Mailer implements Mail { public String send(String to) { return \"to \" + to; } }");
        assertThat(Called.run(tasks, "mail.send", "eve")).isEqualTo("to eve");
        assertThat(Called.run(tasks, "mail.all")).isEqualTo("to all");
    }

    @Test
    void aTaskThatTwoClassesCouldRunIsRefusedNamingBoth() {
        assertThatThrownBy(() -> shop(
                        """
                        package shop;
                        import dev.jtask.task.Task;
                        public abstract class Base { @Task("shop.who") public String who() { return ""; } }
                        """,
                        "package shop; public class One extends Base {}",
                        "package shop; public class Two extends Base {}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task 'shop.who'")
                .hasMessageContaining("shop.One")
                .hasMessageContaining("shop.Two")
                .hasMessageContaining("@Task");
    }

    @Test
    void subclassesMayGiveTheMethodNamesOfTheirOwn() {
        assertThat(
                        Called.names(
                                shop(
                                        """
                        package shop;
                        import dev.jtask.task.Task;
                        public abstract class Base { @Task("shop.who") public String who() { return ""; } }
                        """,
                                        "package shop; public class One extends Base { @dev.jtask.task.Task(\"one\") public String who() { return \"1\"; } }",
                                        "package shop; public class Two extends Base { @dev.jtask.task.Task(\"two\") public String who() { return \"2\"; } }")))
                .containsExactly("one", "two");
    }

    @Test
    void anAbstractClassWithoutSubclassIsRefusedWithTheFix() {
        assertThatThrownBy(() -> shop("""
                        package shop;
                        import dev.jtask.task.Task;
                        public abstract class Base { @Task("shop.who") public String who() { return ""; } }
                        """))
                .hasMessageContaining("task 'shop.who'")
                .hasMessageContaining("shop.Base is abstract")
                .hasMessageContaining("no class in the jars extends it");
    }

    @Test
    void containersGeneratedSubclassesInTheJarAreNoSecondTask() throws Exception {
        var tasks = shop(
                "package shop; public class Mail { @dev.jtask.task.Task(\"mail\") public String send() { return \"sent\"; } }",
                "package shop; public class Mail_Subclass extends Mail { @Override @dev.jtask.task.Task(\"mail\") public String send() { return \"sub\"; } }",
                "package shop; public class Mail_ClientProxy extends Mail { @Override public String send() { return \"proxy\"; } }");
        assertThat(Called.names(tasks)).containsExactly("mail");
        assertThat(Called.run(tasks, "mail")).isEqualTo("sent");
    }

    @Test
    void whatKotlinMakesOfAnInterfacesMethodsIsNoTask() throws Exception {
        var tasks = shop(
                """
                package shop;
                import dev.jtask.task.Task;
                public interface Mail {
                    @Task("mail") String send();
                    final class DefaultImpls { @Task("mail") public static String send(Mail self) { return "default"; } }
                }
                """,
                "package shop; public class Mailer implements Mail { public String send() { return DefaultImpls.send(this); } }");
        assertThat(Called.names(tasks)).containsExactly("mail");
        assertThat(Called.run(tasks, "mail")).isEqualTo("default");
    }

    @Test
    void anAnnotatedBaseMayLieOutsideTheJars() throws Exception {
        var tasks = shop("""
                package shop;
                public class Special extends dev.jtask.worker.registry.Library { }
                """);
        assertThat(Called.run(tasks, "library.who")).isEqualTo("Special");
    }

    @Test
    void aJarThatHoldsJtaskItselfHasNoTasksOfJtask() {
        var jtask = Stream.of(Task.class, TaskMessage.class, TaskClient.class, TaskClasses.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(location.getPath()))
                .toList();
        assertThat(jtask).allSatisfy(each -> assertThat(each).exists());
        assertThat(TaskClasses.inJars(jtask)).isEmpty();
    }

    @Test
    void aFolderOrAPathWithOddCharactersIsFine() throws IOException {
        var odd = Files.createDirectory(folder.resolve("my tasks #1 100%"));
        var jar = JarOf.sources("package shop; public class A { @dev.jtask.task.Task(\"a\") public void run() {} }")
                .at(odd.resolve("a+b.jar"));
        assertThat(Called.names(TaskClasses.inJars(List.of(jar)))).containsExactly("a");
    }

    @Test
    void whatIsNoJarIsRefused() throws IOException {
        var text = Files.writeString(folder.resolve("notes.jar"), "hello");
        assertThatThrownBy(() -> TaskClasses.inJars(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("notes.jar is no jar");
        assertThatThrownBy(() -> TaskClasses.inJars(List.of(folder.resolve("none.jar"))))
                .hasMessageContaining("cannot read task jar")
                .hasMessageContaining("none.jar");
    }

    @Test
    void anExecutableJarOfSpringBootIsRefusedWithTheFix() {
        var jar = JarOf.sources("package shop; public class A { @dev.jtask.task.Task(\"a\") public void run() {} }")
                .under("BOOT-INF/classes/")
                .at(folder.resolve("boot.jar"));
        assertThatThrownBy(() -> TaskClasses.inJars(List.of(jar)))
                .hasMessageContaining("boot.jar")
                .hasMessageContaining("BOOT-INF/classes")
                .hasMessageContaining("plain jar");
    }

    @Test
    void aClassForANewerJavaIsRefusedWithTheFix() throws IOException {
        var jar = JarOf.sources("package shop; public class A { @dev.jtask.task.Task(\"a\") public void run() {} }")
                .at(folder.resolve("newer.jar"));
        try (var files = FileSystems.newFileSystem(jar)) {
            var file = files.getPath("shop/A.class");
            var bytes = Files.readAllBytes(file);
            bytes[7] = 99;
            Files.write(file, bytes);
        }
        assertThatThrownBy(() -> TaskClasses.inJars(List.of(jar)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot load shop.A")
                .hasMessageContaining("newer Java")
                .hasMessageContaining("--release " + Runtime.version().feature());
    }

    @Test
    void aProtectedMethodIsRunWhereASubclassMakesItPublic() throws Exception {
        var tasks = shop(
                "package shop; public abstract class Base { @dev.jtask.task.Task(\"shop.who\") protected abstract String who(); }",
                "package shop; public class One extends Base { public String who() { return \"one\"; } }");
        assertThat(Called.run(tasks, "shop.who")).isEqualTo("one");
        assertThatThrownBy(() -> shop(
                        "package shop; public abstract class Base { @dev.jtask.task.Task(\"shop.who\") protected abstract String who(); }",
                        "package shop; public class One extends Base { protected String who() { return \"one\"; } }"))
                .hasMessageContaining("make the method public");
    }

    @Test
    void suspendFunctionsOfKotlinAreRefusedWithTheFix() {
        assertThatThrownBy(
                        () -> shop(
                                "package kotlin.coroutines; public interface Continuation<T> {}",
                                "package shop; public class A { @dev.jtask.task.Task(\"a\") public Object run(int x, kotlin.coroutines.Continuation<? super Integer> c) { return x; } }"))
                .hasMessageContaining("task 'a'")
                .hasMessageContaining("suspend")
                .hasMessageContaining("runBlocking");
    }

    private List<TaskDefinition> shop(String... sources) {
        return TaskClasses.inJars(List.of(JarOf.sources(sources).at(folder.resolve("shop.jar"))));
    }
}
