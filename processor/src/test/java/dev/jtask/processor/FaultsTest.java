package dev.jtask.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    retryDelay = "5 minutes"                     | '5 minutes' is no duration; write 500ms, 30s, 5m or 1h30m at "5 minutes"
                    backoffCap = "x"                             | 'x' is no duration; write 500ms, 30s, 5m or 1h30m at "x"
                    timeLimit = "soon"                           | 'soon' is no duration; write 500ms, 30s, 5m or 1h30m at "soon"
                    softTimeLimit = "0s"                         | 0s leaves a task no time; leave it out for no limit at "0s"
                    retryDelay = "99999d"                        | 99999d is longer than 3106 days, which nobody waits; shorten it at "99999d"
                    softTimeLimit = "2m", timeLimit = "1m"       | softTimeLimit 2m is longer than timeLimit 1m; make it shorter at "2m"
                    rateLimit = "often"                          | 'often' is no rate limit; write 10/s, 100/m or 5/h at "often"
                    rateLimit = "0/s"                            | '0/s' is no rate limit; write 10/s, 100/m or 5/h at "0/s"
                    maxRate = "often"                            | 'often' is no rate limit; write 10/s, 100/m or 5/h at "often"
                    maxConcurrent = -1                           | write 1 or more, or leave it out for no limit, not -1 at -1
                    maxConcurrent = 1, limitKey = "customer"     | no parameter for one argument is called 'customer'; write one of [to] at "customer"
                    limitKey = "to"                              | 'to' limits nothing; add maxConcurrent or maxRate at "to"
                    priority = 300                               | priority must be 0 to 255, not 300 at 300
                    queue = " "                                  | a name is words, such as orders.ship, without line breaks; write some at " "
                    """)
    void aWrongOptionIsAnErrorAtItsValue(String option, String error) {
        var compiled = Compiled.of(
                folder,
                "public class Mails { @Task(value = \"mails.send\", %s) public void send(String to) {} }"
                        .formatted(option));

        assertThat(compiled.errors()).containsExactly(error);
        assertThat(compiled.has("MailsTasks")).isFalse();
    }

    @Test
    void aNameIsNotEmpty() {
        var compiled = Compiled.of(folder, "public class Mails { @Task(\"\") public void send() {} }");

        assertThat(compiled.errors())
                .singleElement()
                .asString()
                .startsWith("a name is words")
                .endsWith("at \"\"");
    }

    @Test
    void aTaskIsPublic() {
        var compiled = Compiled.of(folder, "public class Mails { @Task(\"mails.send\") void send() {} }");

        assertThat(compiled.errors())
                .singleElement()
                .asString()
                .startsWith("task 'mails.send' is not public; make Mails.send public at ");
    }

    @Test
    void whatASubclassMakesPublicNeedNotBeSo() {
        var compiled = Compiled.of(
                folder,
                "public abstract class Sends { @Task(\"mails.send\") protected abstract void send(); }",
                "public class Mails extends Sends { @Override public void send() {} }");

        assertThat(compiled.errors()).as(compiled.all()).isEmpty();
    }

    @Test
    void aTaskOfAClassThatIsNotAbstractIsPublic() {
        var compiled = Compiled.of(
                folder,
                "public class Sends { @Task(\"mails.send\") protected void send() {} }",
                "public abstract class Posts { @Task(\"posts.send\") void send() {} }");

        assertThat(compiled.errors()).hasSize(2).allMatch(each -> each.contains("is not public; make "));
    }

    @Test
    void twoTasksHaveTwoNames() {
        var compiled = Compiled.of(
                folder,
                "public class Mails { @Task(\"send\") public void send() {} }",
                "public class Letters { @Task(\"send\") public void post() {} }");

        assertThat(compiled.errors())
                .containsExactly("two tasks are named 'send': Mails.send and Letters.post; rename one at \"send\"");
    }

    @Test
    void whatOverridesATaskIsThatTask() {
        var compiled = Compiled.of(
                folder,
                "public interface Sends { @Task(\"send\") void send(); }",
                "public class Mails implements Sends { @Override @Task(\"send\") public void send() {} }",
                "public class Letters implements Sends { @Override @Task(\"send\") public void send() {} }");

        assertThat(compiled.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    java.util.stream.Stream<String>  | a stream has no values of its own; use a List
                    List<java.io.InputStream>        | an open stream cannot be sent; use byte[]
                    Runnable                         | code cannot be sent; make it a task, and send its name
                    java.util.function.Supplier<Integer> | code cannot be sent; make it a task, and send its name
                    Map<String, Shape>               | shop.Shape is abstract; take a class or record, or name its subtypes
                    Corner                           | Corner.shape: shop.Shape is abstract
                    Money                            | shop.Money has no constructor for JSON; make it a record
                    Money.Coin                       | shop.Money.Coin is an inner class; make it static
                    """)
    void aParameterThatCannotComeFromJsonIsAnErrorAtIt(String type, String reason) {
        var compiled = Compiled.of(
                folder,
                "public interface Shape {}",
                "public record Corner(int x, Shape shape) {}",
                "public class Money { public Money(int amount, String currency) {} public class Coin {} }",
                "public class Sums { @Task(\"sums.of\") public void of(%s what) {} }".formatted(type));

        assertThat(compiled.errors())
                .singleElement()
                .asString()
                .startsWith("parameter 'what' of task 'sums.of' cannot come from JSON: " + reason)
                .contains(" at what");
    }

    @Test
    void anAnnotatedContextIsTheContext() {
        var compiled = Compiled.of(
                folder,
                "public class Mails { @Task(\"mails.send\") public void send(@org.jspecify.annotations.NonNull TaskContext context, String to) {} }");

        assertThat(compiled.errors()).as(compiled.all()).isEmpty();
        assertThat(compiled.has("MailsTasks")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    java.util.stream.IntStream                | a stream has no values of its own
                    CompletionStage<java.util.stream.Stream<String>> | a stream has no values of its own
                    Flow.Publisher<String>                    | nobody waits for a publisher
                    """)
    void soIsAResultThatCannotBeWritten(String type, String reason) {
        var compiled = Compiled.of(
                folder, "public class Sums { @Task(\"sums.of\") public %s of() { return null; } }".formatted(type));

        assertThat(compiled.errors())
                .singleElement()
                .asString()
                .startsWith("the result of task 'sums.of' cannot be written as JSON: " + reason);
    }

    @Test
    void whatJacksonIsToldOfIsLeftToIt() {
        var compiled = Compiled.of(
                folder,
                "@com.fasterxml.jackson.annotation.JsonTypeInfo(use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME)"
                        + " public interface Shape {}",
                "public abstract class Round implements Shape {}",
                "public class Sums { @Task(\"sums.of\") public Shape of(Shape one, Round other) { return one; } }");

        assertThat(compiled.errors()).isEmpty();
    }

    @Test
    void aDefaultIsJson() {
        var compiled = Compiled.of(
                folder,
                "public class Mails { @Task(\"mails.send\") public void send(@Default(\"ada\") String to) {} }");

        assertThat(compiled.errors())
                .singleElement()
                .asString()
                .startsWith("@Default(\"ada\") is no JSON; write text as \"\\\"text\\\"\"");
    }
}
