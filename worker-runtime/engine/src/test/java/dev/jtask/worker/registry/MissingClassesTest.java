package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jars of tasks whose libraries were left out.
class MissingClassesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aClassWhoseLibraryIsMissingIsRefusedWithTheFix() throws IOException {
        var whole = JarOf.sources(
                        "package shop; public class A { @dev.jtask.task.Task(\"a\") public void run(lib.Thing thing) {} }",
                        "package lib; public record Thing(int x) {}")
                .at(folder.resolve("whole.jar"));
        var part = folder.resolve("part.jar");
        Files.copy(whole, part);
        try (var jar = FileSystems.newFileSystem(part)) {
            Files.delete(jar.getPath("lib/Thing.class"));
        }
        assertThatThrownBy(() -> TaskClasses.inJars(List.of(part)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop.A")
                .hasMessageContaining("lib.Thing")
                .hasMessageContaining("add the jar that has it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Task(value = \"a\", retryFor = lib.Money.class) public void run() {}",
                "@Task(value = \"a\", dontRetryFor = lib.Money.class) public void run() {}",
                "@Task(value = \"a\", expected = lib.Money.class) public void run() {}",
                "@Task(\"a\") public java.util.List<lib.Money> run() { return null; }",
                "@Task(\"a\") public java.util.concurrent.CompletionStage<lib.Money> run() { return null; }",
                "@Task(\"a\") public void run(java.util.List<lib.Money> all) {}",
                "@Task(\"a\") public void run(Order order) {} public static class Order { public lib.Money price; }",
                "@Task(\"a\") public void run(Order order) {} public record Order(lib.Money price) {}",
                "@Task(\"a\") public void run(Order order) {} public record Order(java.util.List<lib.Money> prices) {}",
                "@Task(\"a\") public void run(Order order) {} public static class Order { public lib.Money getPrice() { return null; } }",
                "@Task(\"a\") public void run(Order order) {} public static class Order { public int id; public void setPrice(lib.Money price) {} }",
                "@Task(\"a\") public void run(Order order) {} public static class Order extends lib.Money { public int id; }",
                "@Task(\"a\") public void run(Cart cart) {} public record Cart(Order[] orders) {} public record Order(lib.Money price) {}",
                "@Task(\"a\") public void run(Cart cart) {} public record Cart(Order order) {} public static class Order { public lib.Money price; }",
                "@Task(\"a\") public void run(Order order) {} public static class Order extends Base {} public static class Base { public lib.Money price; }",
                "@Task(\"a\") public Cart run() { return null; } public record Cart(Order[] orders) {} public record Order(lib.Money price) {}",
                "@Task(\"a\") public Order run() { return null; } public static class Order { public lib.Money price; }",
                "@Task(\"a\") public Order run() { return null; } public record Order(lib.Money price) {}",
                "@Task(\"a\") public Order run() { return null; } public static class Order { public lib.Money getPrice() { return null; } }",
                "public A() { this(new lib.Money()); } A(lib.Money money) {} @Task(\"a\") public void run() {}",
                "private final Object money = new lib.Money(); @Task(\"a\") public void run() {}",
                "private static final Object MONEY = new lib.Money(); @Task(\"a\") public void run() {}",
            })
    void whateverMentionsAClassThatIsMissingIsRefusedWithItsName(String members) throws IOException {
        var jar = JarOf.sources(
                        "package shop; import dev.jtask.task.Task; public class A { %s }".formatted(members),
                        "package lib; public class Money extends RuntimeException { public int cents; }")
                .at(folder.resolve("part.jar"));
        try (var files = FileSystems.newFileSystem(jar)) {
            Files.delete(files.getPath("lib/Money.class"));
        }
        assertThatThrownBy(() -> TaskClasses.inJars(List.of(jar)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop.A")
                .hasMessageContaining("it needs lib.Money, which is in none of the jars; add the jar that has it");
    }
}
