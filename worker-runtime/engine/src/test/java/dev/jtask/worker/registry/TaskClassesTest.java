package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Default;
import dev.jtask.task.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tasks are found where Java would find the method.
class TaskClassesTest {

    record Order(String id, int parcels) {}

    interface Handler<T> {
        String handle(T message);
    }

    static class Handlers implements Handler<String> {
        @Override
        @Task("orders.handle")
        public String handle(String message) {
            return "handled " + message;
        }
    }

    static class Base {
        @Task("base.who")
        public String who() {
            return getClass().getSimpleName();
        }

        @Task("base.count")
        public static int count(int from) {
            return from + 1;
        }
    }

    abstract static class Closed {
        @Task("closed.open")
        protected String open() {
            return "closed";
        }
    }

    static class Opened extends Closed {
        @Override
        public String open() {
            return "opened";
        }
    }

    static class Special extends Base {}

    static class Loud extends Base {
        @Override
        public String who() {
            return "LOUD";
        }
    }

    static class Other extends Special {
        @Override
        @Task("other.who")
        public String who() {
            return "other";
        }
    }

    interface Mail {
        @Task("mail.send")
        String send(String to, @Default("1") int copies);

        @Task("mail.greet")
        default String greet(String name) {
            return "hello " + name;
        }
    }

    static class Mailer implements Mail {
        @Override
        public String send(String recipient, int number) {
            return recipient + " " + number;
        }
    }

    abstract static class Typed<T> {
        @Task("typed.all")
        public String all(List<T> values, Map<String, T> byName) {
            return values + " " + byName;
        }
    }

    static class Orders extends Typed<Order> {}

    interface OneName {
        @Task("first.name")
        String call();
    }

    interface AnotherName {
        @Task("second.name")
        String call();
    }

    static class TwoNames implements OneName, AnotherName {
        @Override
        public String call() {
            return "called";
        }
    }

    abstract static class ByClass {
        @Task("by.class")
        public String call() {
            return "class";
        }
    }

    static class ClassFirst extends ByClass implements OneName {}

    @Test
    void aBridgeMethodIsNoSecondTask() throws Exception {
        var tasks = TaskClasses.of(new Handlers());
        assertThat(Called.names(tasks)).containsExactly("orders.handle");
        assertThat(Called.run(tasks, "orders.handle", "a")).isEqualTo("handled a");
    }

    @Test
    void inheritedMethodsAreTasksOfTheObject() throws Exception {
        var tasks = TaskClasses.of(new Special());
        assertThat(Called.names(tasks)).containsExactly("base.count", "base.who");
        assertThat(Called.run(tasks, "base.who")).isEqualTo("Special");
        assertThat(Called.run(tasks, "base.count", 4)).isEqualTo(5);
    }

    @Test
    void anOverridingMethodKeepsTheTaskOfTheOneItOverrides() throws Exception {
        assertThat(Called.run(TaskClasses.of(new Loud()), "base.who")).isEqualTo("LOUD");
        assertThat(Called.run(TaskClasses.of(new Opened()), "closed.open")).isEqualTo("opened");
    }

    @Test
    void theNearestAnnotationNamesTheTask() throws Exception {
        var tasks = TaskClasses.of(new Other());
        assertThat(Called.names(tasks)).containsExactly("base.count", "other.who");
        assertThat(Called.run(tasks, "other.who")).isEqualTo("other");
    }

    @Test
    void methodsOfInterfacesAreTasksOfWhatImplementsThem() throws Exception {
        var tasks = TaskClasses.of(new Mailer());
        assertThat(Called.names(tasks)).containsExactly("mail.greet", "mail.send");
        assertThat(Called.run(tasks, "mail.greet", "eve")).isEqualTo("hello eve");
    }

    @Test
    void parametersAreThoseOfTheAnnotatedMethod() throws Exception {
        var tasks = TaskClasses.of(new Mailer());
        assertThat(Called.json(tasks, "mail.send", "[]", "{'to': 'eve'}")).isEqualTo("eve 1");
    }

    @Test
    void aLambdaCanBeTheImplementation() throws Exception {
        OneName lambda = () -> "lambda";
        assertThat(Called.run(TaskClasses.of(lambda), "first.name")).isEqualTo("lambda");
    }

    @Test
    void typeVariablesAreWhatTheSubclassSays() throws Exception {
        assertThat(Called.json(
                        TaskClasses.of(new Orders()),
                        "typed.all",
                        "[[{'id': 'a', 'parcels': 2}], {'b': {'id': 'b', 'parcels': 3}}]",
                        "{}"))
                .isEqualTo("[Order[id=a, parcels=2]] {b=Order[id=b, parcels=3]}");
    }

    @Test
    void aMethodOfTwoInterfacesHasBothNames() throws Exception {
        var tasks = TaskClasses.of(new TwoNames());
        assertThat(Called.names(tasks)).containsExactly("first.name", "second.name");
        assertThat(Called.run(tasks, "second.name")).isEqualTo("called");
    }

    @Test
    void aClassIsNearerThanAnInterface() throws Exception {
        var tasks = TaskClasses.of(new ClassFirst());
        assertThat(Called.names(tasks)).containsExactly("by.class");
        assertThat(Called.run(tasks, "by.class")).isEqualTo("class");
    }

    interface Message<T> {
        @Task("message.take")
        String take(T message);
    }

    abstract static class Batches<T> implements Message<List<T>> {}

    static class OrderBatches extends Batches<Order> {
        @Override
        public String take(List<Order> message) {
            return message.getFirst().id();
        }
    }

    @Test
    void typeVariablesAreFollowedThroughInterfaces() throws Exception {
        var tasks = TaskClasses.of(new OrderBatches());
        assertThat(Called.json(tasks, "message.take", "[[{'id': 'a', 'parcels': 2}]]", "{}"))
                .isEqualTo("a");
    }

    /// In a public subclass javac makes a bridge of each public method.
    public static class Shown extends Typed<Order> {}

    @Test
    void aBridgeToAClassThatIsNotPublicIsNoSecondTask() throws Exception {
        assertThat(Called.json(TaskClasses.of(new Shown()), "typed.all", "[[{'id': 'a', 'parcels': 2}], {}]", "{}"))
                .isEqualTo("[Order[id=a, parcels=2]] {}");
    }

    interface Renamed extends OneName {
        @Override
        @Task("renamed")
        default String call() {
            return "renamed";
        }
    }

    static class Both implements OneName, Renamed {}

    interface SameName {
        @Task("first.name")
        String call();
    }

    static class Alike implements OneName, SameName {
        @Override
        public String call() {
            return "alike";
        }
    }

    @Test
    void theNearestInterfaceNamesTheTask() throws Exception {
        assertThat(Called.names(TaskClasses.of(new Both()))).containsExactly("renamed");
        assertThat(Called.names(TaskClasses.of(new Alike()))).containsExactly("first.name");
        assertThat(Called.run(TaskClasses.of(new Alike()), "first.name")).isEqualTo("alike");
    }

    static class Overloaded {
        @Task("overloaded")
        public int run(int x) {
            return x;
        }

        @Task("overloaded.text")
        public String run(String x) {
            return x;
        }
    }

    @Test
    void overloadedMethodsAreTwoTasks() throws Exception {
        var tasks = TaskClasses.of(new Overloaded());
        assertThat(Called.run(tasks, "overloaded", 1)).isEqualTo(1);
        assertThat(Called.run(tasks, "overloaded.text", "a")).isEqualTo("a");
    }

    @Test
    void aSupplierGivesTheInstanceOfAnAbstractClassOrInterface() throws Exception {
        assertThat(Called.names(TaskClasses.of(Mail.class, Mailer::new))).containsExactly("mail.greet", "mail.send");
        assertThat(Called.run(TaskClasses.of(ByClass.class, ClassFirst::new), "by.class"))
                .isEqualTo("class");
    }

    @Test
    void aSupplierThatGivesNullIsNamed() {
        @SuppressWarnings("NullAway") // what a container may do
        var tasks = TaskClasses.of(Handlers.class, () -> null);
        assertThatThrownBy(() -> Called.run(tasks, "orders.handle", "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Handlers")
                .hasMessageContaining("null");
    }

    @Test
    @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // found by its annotation
    void anAnonymousClassIsAClass() throws Exception {
        var tasks = TaskClasses.of(new Object() {
            @Task("anonymous.run")
            public String run() {
                return "ran";
            }
        });
        assertThat(Called.run(tasks, "anonymous.run")).isEqualTo("ran");
    }

    @Test
    void anObjectWithoutTasksIsRefused() {
        assertThatThrownBy(() -> TaskClasses.of("a text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.lang.String has no method annotated with @Task");
    }

    @Test
    void aClassInPlaceOfAnObjectIsRefusedWithTheFix() {
        assertThatThrownBy(() -> TaskClasses.of(Handlers.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Handlers is a class")
                .hasMessageContaining("tasks(Handlers.class, Handlers::new)");
    }

    static class Hidden {
        @Task("hidden.private")
        @SuppressWarnings("unused") // found by its annotation
        private void closed() {}
    }

    static class PackagePrivate {
        @Task("hidden.package")
        void closed() {}
    }

    @Test
    void aMethodThatIsNotPublicIsRefusedWithTheFix() {
        assertThatThrownBy(() -> TaskClasses.of(new Hidden()))
                .hasMessageContaining("task 'hidden.private'")
                .hasMessageContaining("Hidden.closed")
                .hasMessageContaining("public");
        assertThatThrownBy(() -> TaskClasses.of(new PackagePrivate()))
                .hasMessageContaining("task 'hidden.package'")
                .hasMessageContaining("public");
        assertThatThrownBy(() -> TaskClasses.of(new PackagePrivate() {})).hasMessageContaining("task 'hidden.package'");
    }

    static class Quiet extends Base {
        @SuppressWarnings({"HidingStaticMethod", "unused"}) // that it hides is what is tested
        public static int count(int from) {
            return from - 1;
        }
    }

    @Test
    void aStaticMethodThatIsHiddenIsNotFound() {
        assertThat(Called.names(TaskClasses.of(new Quiet()))).containsExactly("base.who");
    }
}
