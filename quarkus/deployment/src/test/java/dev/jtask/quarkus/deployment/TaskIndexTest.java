package dev.jtask.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.task.Task;
import dev.jtask.task.TaskSchedule;
import java.io.IOException;
import java.util.List;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

class TaskIndexTest {

    interface Greeting {
        @Task("greeting.greet")
        String greet(String name);
    }

    static class Base {
        @Task("base.run")
        public void run() {}

        @Task("base.other")
        public void other() {}
    }

    static class Heir extends Base implements Greeting {
        @Override
        @Task("heir.run")
        public void run() {}

        @Override
        public String greet(String name) {
            return name;
        }
    }

    interface Handled<T> {
        @Task("orders.handle")
        void handle(T what, int times);
    }

    abstract static class Handler<T> implements Handled<T> {
        @Task("orders.ship")
        public void ship(T what) {}
    }

    abstract static class TextHandler<T extends CharSequence> extends Handler<T> {}

    static class OrderHandler extends TextHandler<String> {
        @Override
        @Task("orders.ship")
        public void ship(String order) {}

        @Override
        @Task("orders.handle")
        public void handle(String order, int times) {}

        @Task("orders.shipNumber")
        public void ship(Integer number) {}
    }

    abstract static class Closed {
        @Task("closed.run")
        protected void run() {}
    }

    static class Opened extends Closed {
        @Override
        public void run() {}
    }

    static class Wrong {
        @Task("wrong.hidden")
        void hidden() {}

        @TaskSchedule(every = "1m")
        public void nameless() {}

        @Task("wrong.timeless")
        @TaskSchedule
        public void timeless() {}
    }

    static class Neither {
        public void run() {}
    }

    private final Index index = index();
    private final TaskIndex tasks = new TaskIndex(index);

    @Test
    void findsTasksWhereJavaFindsMethods() {
        assertThat(names(Base.class)).containsExactly("base.other", "base.run");
        assertThat(names(Heir.class))
                .as("the nearest annotation counts")
                .containsExactly("greeting.greet", "base.other", "heir.run");
        assertThat(names(Neither.class)).isEmpty();
    }

    @Test
    void aMethodOfAGenericClassIsThatWhichOverridesIt() {
        assertThat(names(OrderHandler.class))
                .containsExactlyInAnyOrder("orders.handle", "orders.ship", "orders.shipNumber");
        assertThat(TaskNames.faults(List.of(bean(OrderHandler.class)))).isEmpty();
    }

    @Test
    void aScheduleWithoutATaskConcernsAsWell() {
        assertThat(tasks.concerns(type(Wrong.class))).isTrue();
        assertThat(tasks.concerns(type(Neither.class))).isFalse();
    }

    @Test
    void saysWhatIsWrongWithTheMethodAndTheFix() {
        var wrong = "dev.jtask.quarkus.deployment.TaskIndexTest$Wrong.";
        assertThat(tasks.faults(type(Wrong.class)))
                .containsExactly(
                        "task 'wrong.hidden' (%shidden): make the method public".formatted(wrong),
                        "@TaskSchedule of %snameless: needs @Task too, whose name is what is sent".formatted(wrong),
                        "@TaskSchedule of %stimeless: needs either cron or every".formatted(wrong));
        assertThat(tasks.faults(type(Opened.class))).as("opened below").isEmpty();
        assertThat(tasks.faults(type(Heir.class))).isEmpty();
    }

    @Test
    void twoTasksOfOneNameAreNamedBoth() {
        var beans = List.of(bean(Base.class), bean(Heir.class));

        assertThat(TaskNames.faults(beans))
                .singleElement()
                .asString()
                .contains("'base.other'", "Base.other and", "rename one");
        assertThat(TaskNames.faults(List.of(bean(Heir.class)))).isEmpty();
    }

    @Test
    void theDevUiHasALineForEachTask() {
        assertThat(DevUiProcessor.rows(List.of(bean(Base.class))))
                .extracting(DevUiProcessor.Row::task)
                .containsExactly("base.other", "base.run");
    }

    private List<String> names(Class<?> type) {
        return tasks.tasks(type(type)).stream().map(TaskIndex::name).toList();
    }

    private TaskBean bean(Class<?> type) {
        return new TaskBean(type.getSimpleName(), type(type), tasks.tasks(type(type)));
    }

    private ClassInfo type(Class<?> type) {
        return index.getClassByName(type);
    }

    private static Index index() {
        try {
            return Index.of(TaskIndexTest.class.getDeclaredClasses());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
