package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Task;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskRegistryTest {

    static class Orders {
        @Task("ship")
        public void ship(String order) {}
    }

    static class Mail {
        @Task("ship")
        public void send(int copies, List<String> to) {}
    }

    @Test
    void twoTasksOfOneNameAreBothNamed() {
        var tasks = Stream.concat(TaskClasses.of(new Orders()).stream(), TaskClasses.of(new Mail()).stream())
                .toList();
        assertThatThrownBy(() -> new TaskRegistry(tasks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two tasks are named 'ship'")
                .hasMessageContaining("Orders.ship(String)")
                .hasMessageContaining("Mail.send(int, List)")
                .hasMessageContaining("rename one");
    }

    @Test
    void aTaskMadeInCodeIsNamedByItsCode() {
        var tasks = List.of(
                TaskClasses.of(new Orders()).getFirst(),
                Lambda.task("ship", String.class, text -> text),
                Lambda.task("other", String.class, text -> text));
        assertThatThrownBy(() -> new TaskRegistry(tasks))
                .hasMessageContaining("Orders.ship(String)")
                .hasMessageContaining("a lambda (String)");
    }

    @Test
    void whatIsTakenStays() {
        var mine = TaskClasses.of(new Orders()).getFirst();
        var registry = new TaskRegistry(List.of(mine))
                .orElse(TaskClasses.of(new Mail()))
                .orElse(List.of(TaskDefinition.of("more", (args, kwargs, context) -> null)));
        assertThat(registry.find("ship")).isSameAs(mine);
        assertThat(registry.names()).containsExactly("more", "ship");
        assertThat(registry.find("none")).isNull();
    }
}
