package dev.jtask.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

    private static final String MAILS = """
            public class Mails {
                @Task("mails.send")
                public int send(String to, int copies, TaskContext context) { return copies; }

                @Task("mails.note")
                public void note(Optional<String> note, OptionalInt times) {}

                @Task("mails.all")
                public CompletionStage<List<String>> all(boolean now, String... names) { return null; }

                @Task("mails.raw")
                public Object raw(byte[] body, String[] tags) { return body; }

                public void noTask() {}
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRequestHasTheTasksNameAndTypes() throws ReflectiveOperationException, IOException {
        var send = request("send", new Class<?>[] {String.class, int.class}, "ada", 2);

        assertThat(send.task()).isEqualTo("mails.send");
        assertThat(send.args()).containsExactly("ada", 2);
        assertThat(send.resultType()).isEqualTo(Integer.class);
    }

    @Test
    void whatIsAbsentIsNull() throws ReflectiveOperationException, IOException {
        var types = new Class<?>[] {Optional.class, OptionalInt.class};

        assertThat(request("note", types, Optional.empty(), OptionalInt.of(3)).args())
                .containsExactly(null, 3);
        assertThat(request("note", types, Optional.of("x"), OptionalInt.empty()).args())
                .containsExactly("x", null);
        assertThat(request("note", types, Optional.empty(), OptionalInt.empty()).resultType())
                .isEqualTo(Void.class);
    }

    @Test
    void theRestIsSeveralArgumentsAndAPromiseIsItsValue() throws ReflectiveOperationException, IOException {
        var all = request("all", new Class<?>[] {boolean.class, String[].class}, true, new String[] {"a", "b"});

        assertThat(all.args()).containsExactly(true, "a", "b");
        assertThat(all.resultType()).isEqualTo(new TypeReference<List<String>>() {}.getType());
    }

    @Test
    void aParameterMayHaveAnyName() throws ReflectiveOperationException, IOException {
        var compiled = Compiled.of(folder, """
                public class Mails {
                    @Task("mails.each") public void each(String... each) {}
                    @Task("mails.java") public void java(int java, Optional<String> dev, List<String> com) {}
                }
                """);
        assertThat(compiled.errors()).as(compiled.all()).isEmpty();

        var each = compiled.load("MailsTasks").getMethod("each", String[].class);
        assertThat(((TaskRequest<?>) each.invoke(null, new Object[] {new String[] {"a", "b"}})).args())
                .containsExactly("a", "b");
        var java = compiled.load("MailsTasks").getMethod("java", int.class, Optional.class, List.class);
        assertThat(((TaskRequest<?>) java.invoke(null, 1, Optional.of("x"), List.of("y"))).args())
                .containsExactly(1, "x", List.of("y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mails/*/x",
                "mails.*/ class Broken {",
                "mails.\\u0041",
                "mails.\\user",
                "mails.\\",
                "\\\\u002a/",
                "mails.\"quoted\"",
                "mails.{@code x}",
                "mails.größe-\uD83D\uDCE7"
            })
    void aTaskMayHaveAnyName(String name) throws ReflectiveOperationException, IOException {
        var written = name.replace("\\", "\\\\").replace("\"", "\\\"");
        var compiled =
                Compiled.of(folder, "public class Mails { @Task(\"%s\") public void größe() {} }".formatted(written));
        assertThat(compiled.errors()).as(compiled.all()).isEmpty();

        var made = compiled.load("MailsTasks").getMethod("größe").invoke(null);
        assertThat(((TaskRequest<?>) made).task()).isEqualTo(name);
    }

    @Test
    void anArrayIsOneArgument() throws ReflectiveOperationException, IOException {
        var raw =
                request("raw", new Class<?>[] {byte[].class, String[].class}, new byte[] {1}, new String[] {"a", "b"});

        assertThat(raw.args()).containsExactly(new byte[] {1}, new String[] {"a", "b"});
    }

    @Test
    void aClassWithoutAPublicFaceHasRequestsWithoutOne() throws ReflectiveOperationException, IOException {
        var compiled = Compiled.of(
                folder,
                "class Outer { static class Inner { @Task(\"inner.nop\") public void nop() {} } }",
                "public interface Open { @Task(\"open.nop\") void nop(); }");

        assertThat(compiled.errors()).isEmpty();
        assertThat(Modifier.isPublic(compiled.load("OuterInnerTasks").getModifiers()))
                .isFalse();
        assertThat(Modifier.isPublic(compiled.load("OpenTasks").getModifiers())).isTrue();
    }

    @Test
    void aRequestThatCannotBeWrittenIsLeftOut() {
        var compiled = Compiled.of(folder, """
                public class Handler<T> {
                    private record Hidden(int x) {}
                    @Task("handler.handle") public void handle(T what) {}
                    @Task("handler.hidden") public void hidden(Hidden what) {}
                    @Task("handler.nop") public void nop() {}
                }
                """);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.notes())
                .contains(
                        "no request is written for task 'handler.handle'",
                        "no request is written for task 'handler.hidden'")
                .doesNotContain("handler.nop");
        assertThat(compiled.has("HandlerTasks")).isTrue();
    }

    /// The context is no argument of a request, so that a task's method may be called as no other may.
    @Test
    void whatEveryClassHasFromObjectIsLeftOut() {
        var compiled = Compiled.of(folder, """
                public class Notes {
                    @Task("n.notify") public void notify(TaskContext context) {}
                    @Task("n.notifyAll") public void notifyAll(TaskContext context) {}
                    @Task("n.wait") public void wait(TaskContext context) {}
                    @Task("n.wait1") public void wait(long millis, TaskContext context) {}
                    @Task("n.wait2") public void wait(long millis, int nanos, TaskContext context) {}
                    @Task("n.toString") public void toString(TaskContext context) {}
                    @Task("n.hashCode") public void hashCode(TaskContext context) {}
                    @Task("n.getClass") public void getClass(TaskContext context) {}
                    @Task("n.clone") public void clone(TaskContext context) {}
                    @Task("n.finalize") public void finalize(TaskContext context) {}
                    @Task("n.equals") public void equals(Object other, TaskContext context) {}
                    @Task("n.equals1") public void equals(String other, TaskContext context) {}
                    @Task("n.waitFor") public void wait(String what, TaskContext context) {}
                }
                """);

        assertThat(compiled.errors()).as(compiled.all()).isEmpty();
        assertThat(compiled.notes())
                .contains(Stream.of(
                                "notify",
                                "notifyAll",
                                "wait",
                                "wait1",
                                "wait2",
                                "toString",
                                "hashCode",
                                "getClass",
                                "clone",
                                "finalize",
                                "equals")
                        .map("no request is written for task 'n.%s'"::formatted)
                        .toArray(String[]::new))
                .doesNotContain("n.equals1", "n.waitFor");
    }

    @Test
    void aClassOfThatNameStays() {
        var compiled = Compiled.of(
                folder,
                "public class Mails { @Task(\"mails.nop\") public void nop() {} }",
                "public class MailsTasks {}");

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.notes()).contains("there is a class shop.MailsTasks already");
    }

    @Test
    void aModuleNeedsNoCompiler() {
        var module = "module shop { requires jtask.task; requires com.fasterxml.jackson.databind; }";
        var compiled = Compiled.inModule(folder, module, MAILS);

        assertThat(compiled.errors()).as(compiled.all()).isEmpty();
        assertThat(compiled.has("MailsTasks")).isTrue();
    }

    @Test
    void aModuleThatDoesNotReadJacksonHasNoRequests() {
        var compiled = Compiled.inModule(folder, "module shop { requires jtask.task; }", MAILS);

        assertThat(compiled.errors()).as(compiled.all()).isEmpty();
        assertThat(compiled.has("MailsTasks")).isFalse();
        assertThat(compiled.notes()).contains("write requires com.fasterxml.jackson.databind");
    }

    private TaskRequest<?> request(String method, Class<?>[] types, Object... arguments)
            throws ReflectiveOperationException, IOException {
        var compiled = Compiled.of(folder, MAILS);
        assertThat(compiled.errors()).as(compiled.all()).isEmpty();
        var made = compiled.load("MailsTasks").getMethod(method, types).invoke(null, arguments);
        return (TaskRequest<?>) made;
    }
}
